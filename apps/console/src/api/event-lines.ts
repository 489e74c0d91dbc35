export interface ServerEvent {
  id: string | undefined;
  type: string;
  data: string;
}

/** Server-sent events out of pieces of text that may break anywhere (HTML standard, 9.2.6). Comments are left out. */
export class EventLines {
  private rest = '';

  push(piece: string): ServerEvent[] {
    const blocks = (this.rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.map(eventOf).filter((event) => event !== undefined);
  }
}

function eventOf(block: string): ServerEvent | undefined {
  const fields = new Map<string, string[]>();
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  return { id: fields.get('id')?.at(-1), type: fields.get('event')?.at(-1) ?? 'message', data: data.join('\n') };
}
