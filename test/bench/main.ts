import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBase } from '../../tools/stack/ports.js';
import { Stack } from '../../tools/supervisor/stack.js';
import { Bench, type LatencyMs, type Throughput } from './bench.js';
import { append, median, table, type Row } from './report.js';
import { peakMb, type Usage } from './usage.js';

const quick = process.argv.includes('--quick');
const profile = process.argv.includes('--profile');
const RUNS = quick ? 1 : 3;
const SIZE = quick ? 0.25 : 1;
const SECONDS = quick ? 3 : 10;

async function times<T>(name: string, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    console.log(`${name}, run ${run + 1} of ${RUNS} …`);
    results.push(await work());
  }
  return results;
}

const sized = (count: number): number => Math.round(count * SIZE);

async function measure(bench: Bench, stack: Stack): Promise<{ rows: Row[]; cpu: string }> {
  await bench.throughput('topic', sized(4_000), [32]); // the first thousands compile the code that they run
  await bench.throughput('api', sized(2_000), [32]);
  const raw = await times('raw HTTP', () => bench.raw(sized(20_000)));
  const one = await times('one webhook, concurrency 32', () => bench.throughput('topic', sized(20_000), [32]));
  const ten = await times('ten webhooks', () => bench.throughput('topic', sized(2_000), Array<number>(10).fill(32)));
  const ordered = await times('one webhook in order', () => bench.throughput('topic', sized(8_000), [null]));
  const api = await times('releases over the API', () => bench.throughput('api', sized(6_000), [32]));
  const latencies: { name: string; results: LatencyMs[] }[] = [];
  for (const way of ['topic', 'api'] as const) {
    for (const rate of [50, 200]) {
      const name = `${way === 'topic' ? 'topic' : 'API'} → post at ${rate}/s`;
      latencies.push({ name, results: await times(name, () => bench.latency(way, rate, SECONDS)) });
    }
  }
  const healthy = await times('200/s over 100 webhooks', () => bench.isolation(100, 0, 200, SECONDS));
  const beside = await times('200/s over 100 webhooks of which 10 hang', () => bench.isolation(100, 10, 200, SECONDS));
  const rest = await times('at rest', () => bench.atRest(SECONDS));
  const limit = median(raw);
  const rows: Row[] = [
    { name: 'raw HTTP, 32 in flight', values: raw, unit: '/s', aim: '', met: true },
    ...relative('one webhook, concurrency 32', one, limit, 0.45),
    ...relative('ten webhooks, concurrency 32', ten, limit, 0.55),
    ...relative('one webhook in order', ordered, limit, 0.12),
    atLeast('releases over the API, accepted and delivered', rates(api), 1_000),
    ...latencies.flatMap(({ name, results }) => [...latencyRows(name, results), cpuRow(name, results)]),
    ...isolationRows(healthy, beside),
    atMost('at rest, CPU of all processes and stores', rest.map(summed), 'ms/s', 25),
    atMost('memory of our processes after all this', [bench.memoryMb()], 'MB', 400),
    ...memory(stack),
  ];
  return {
    rows,
    cpu: cpuTable({
      'one webhook, concurrency 32': one,
      'ten webhooks': ten,
      'one webhook in order': ordered,
      'releases over the API': api,
    }),
  };
}

const rates = (results: Throughput[]): number[] => results.map(({ perSecond }) => perSecond);

const summed = (usage: Usage): number => Object.values(usage).reduce((sum, ms) => sum + ms, 0);

function atLeast(name: string, values: number[], aim: number): Row {
  return { name, values, unit: '/s', aim: `≥ ${Math.round(aim)}/s`, met: median(values) >= aim };
}

function atMost(name: string, values: number[], unit: string, aim: number): Row {
  return { name, values, unit, aim: `≤ ${aim} ${unit}`, met: median(values) <= aim };
}

function relative(name: string, results: Throughput[], limit: number, aim: number): Row[] {
  const shares = rates(results).map((rate) => rate / limit);
  return [
    { name, values: rates(results), unit: '/s', aim: '', met: true },
    { name: `${name}, × raw`, values: shares, unit: '', aim: `≥ ${aim}`, met: median(shares) >= aim },
  ];
}

const LATENCY_AIMS: Record<string, Partial<LatencyMs>> = {
  'topic → post at 200/s': { p50: 6, p99: 50 },
  'API → post at 200/s': { p50: 12, p95: 40 },
};

function latencyRows(name: string, results: LatencyMs[]): Row[] {
  return (['p50', 'p95', 'p99'] as const).map((key) => {
    const aim = LATENCY_AIMS[name]?.[key];
    const values = results.map((result) => result[key]);
    return {
      name: `${name}, ${key}`,
      values,
      unit: 'ms',
      aim: aim === undefined ? '' : `≤ ${aim} ms`,
      met: aim === undefined || median(values) <= aim,
    };
  });
}

const CPU_AIMS: Record<string, number> = { 'API → post at 50/s': 4, 'API → post at 200/s': 2.5 };

function cpuRow(name: string, results: LatencyMs[]): Row {
  const values = results.map(({ cpu }) => summed(cpu));
  const aim = CPU_AIMS[name];
  return aim === undefined
    ? { name: `${name}, CPU a delivery`, values, unit: 'ms', aim: '', met: true }
    : atMost(`${name}, CPU a delivery`, values, 'ms', aim);
}

/** What those that answer notice of the others. */
function isolationRows(healthy: LatencyMs[], beside: LatencyMs[]): Row[] {
  const p95 = (results: LatencyMs[]): number[] => results.map((result) => result.p95);
  const usual = median(p95(healthy));
  return [
    { name: '200/s over 100 webhooks, p95', values: p95(healthy), unit: 'ms', aim: '', met: true },
    { name: '90 of them while 10 hang, p95', values: p95(beside), unit: 'ms', aim: '', met: true },
    atMost(
      '90 of them while 10 hang, × without',
      p95(beside).map((value) => value / usual),
      '×',
      1.1,
    ),
  ];
}

function memory(stack: Stack): Row[] {
  return Object.entries(stack.pids()).map(([name, pid]) => ({
    name: `peak memory, ${name}`,
    values: [peakMb(pid)],
    unit: 'MB',
    aim: '',
    met: true,
  }));
}

function cpuTable(cases: Record<string, Throughput[]>): string {
  const names = ['delivery', 'releases', 'integrations', 'gateway', 'kafka', 'postgres'];
  const line = (results: Throughput[]): string =>
    names.map((name) => Math.round(median(results.map(({ cpu }) => cpu[name]!)) * 1000)).join(' | ');
  return [
    `| CPU µs a delivery | ${names.join(' | ')} |`,
    `|---${'|---'.repeat(names.length)}|`,
    ...Object.entries(cases).map(([name, results]) => `| ${name} | ${line(results)} |`),
  ].join('\n');
}

/** Its clients know nothing of these: what they measure is this machine, not a network. */
function refuseSecured(): void {
  const given = ['KAFKA_TLS', 'KAFKA_SASL_MECHANISM', 'KAFKA_TOPIC_PREFIX', 'KAFKA_GROUP_PREFIX'].filter(
    (name) => process.env[name],
  );
  if (given.length === 0) return;
  console.error(`The benchmark runs on brokers without TLS, users and prefixes: unset ${given.join(', ')}.`);
  process.exit(1);
}

async function main(): Promise<boolean> {
  refuseSecured();
  const dataDir = mkdtempSync(join(tmpdir(), 'nitropush-bench-'));
  const say = (line: string): void => console.log(line);
  const env = { ...process.env, RATE_LIMIT_PER_SECOND: '1000000' };
  const nodeArgs = profile ? ['--cpu-prof', `--cpu-prof-dir=${join(process.cwd(), '.cache/profiles')}`] : [];
  const stack = await Stack.start({
    root: process.cwd(),
    dataDir,
    gatewayPort: await freeBase(),
    env,
    nodeArgs,
    say,
    onLine: () => undefined,
  });
  const bench = new Bench(stack);
  try {
    await bench.open();
    const { rows, cpu } = await measure(bench, stack);
    const text = `${table(rows)}\n\n${cpu}`;
    console.log(`\n${text}\n`);
    if (!quick)
      append(
        'docs/BENCHMARKS.md',
        `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}`,
        text,
      );
    return rows.every(({ met }) => met);
  } finally {
    bench.close();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const met = await main();
console.log(
  met ? 'All aims met.' : 'Some aims are not met; `npm run bench -- --profile` leaves CPU profiles in .cache/profiles.',
);
process.exit(0);
