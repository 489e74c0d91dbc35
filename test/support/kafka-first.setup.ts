/** Files that share a process share the Kafka client: whichever runs first, our parts of it are in place before it loads. */
import '#libs/kafka';
