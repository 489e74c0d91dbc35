/** Good for nothing but trying: every copy of the command has it. */
const SAMPLE_SECRET = 'whsec_Zm9yIHRyaWFscyBvbmx5OiBub3QgYSBzZWNyZXQ=';

/**
 * A request like ours, for a POSIX shell with curl and OpenSSL. URL and WEBHOOK_SECRET are taken from the environment where
 * they are set.
 */
export const curlOf = (body: string): string => `URL="\${URL:-http://127.0.0.1:8080/}"
WEBHOOK_SECRET="\${WEBHOOK_SECRET:-${SAMPLE_SECRET}}"
BODY=${quoted(JSON.stringify(JSON.parse(body)))}
TIME=$(date +%s)
ID="example-$TIME"
KEY=$(printf %s "\${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
SIGNATURE=$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)
curl --include "$URL" \\
  --header 'content-type: application/json' \\
  --header "webhook-id: $ID" \\
  --header "webhook-timestamp: $TIME" \\
  --header "webhook-signature: v1,$SIGNATURE" \\
  --data-raw "$BODY"`;

/** For a shell, whatever is in it: a project may be called by any name. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
