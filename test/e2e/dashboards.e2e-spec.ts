import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stack } from './support/api.js';

interface Panel {
  title: string;
  targets?: { expr: string }[];
}
interface Rules {
  groups: { rules: { alert: string; expr: string }[] }[];
}

const dashboard = JSON.parse(readFileSync('deploy/grafana/dashboards/notifications.json', 'utf8')) as {
  panels: Panel[];
};
const alerts = parse(readFileSync('deploy/prometheus/alerts.yml', 'utf8')) as Rules;
const queries = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)),
];

const metricsIn = (expr: string): string[] =>
  expr.match(/\b(?:delivery|outbox|routing|state|service|http|process|nodejs)_[a-z0-9_]+/g) ?? [];

describe('dashboards and alerts', () => {
  const known = new Set<string>();

  beforeAll(async () => {
    const { releases, integrations, delivery, gatewayOps } = stack().ports;
    for (const port of [releases, integrations, delivery, gatewayOps]) {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm))
        for (const suffix of type === 'histogram' ? ['_bucket', '_count', '_sum'] : ['']) known.add(`${name}${suffix}`);
    }
  });

  it.each(queries)('%s asks for what a service shows: %s', (_title, expr) => {
    const metrics = metricsIn(expr);
    if (expr !== 'up == 0') expect(metrics).not.toEqual([]);
    expect(metrics.filter((metric) => !known.has(metric))).toEqual([]);
  });

  it('show everything that we measure ourselves', () => {
    const asked = new Set(
      queries.flatMap(([, expr]) => metricsIn(expr)).map((name) => name.replace(/_(bucket|count|sum)$/, '')),
    );
    const ours = [...known]
      .filter((name) => /^(delivery|outbox|routing|state|service)_/.test(name))
      .map((name) => name.replace(/_(bucket|count|sum)$/, ''));
    expect(ours.filter((name) => !asked.has(name))).toEqual(['delivery_streams']);
  });
});
