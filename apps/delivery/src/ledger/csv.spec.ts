import { describe, expect, it } from 'vitest';
import { csvLine, type Cell } from './csv.js';

describe('a line of CSV', () => {
  it.each<[Cell[], string]>([
    [['a', 1, true, null, ''], 'a,1,true,,\r\n'],
    [['a,b', 'c "d"', 'e\nf'], '"a,b","c ""d""","e\nf"\r\n'],
    [[`=HYPERLINK("https://evil.example";"x")`], `"'=HYPERLINK(""https://evil.example"";""x"")"\r\n`],
    [['+1', '-1', '@a', '\ta', '\ra', '\na'], `'+1,'-1,'@a,'\ta,"'\ra","'\na"\r\n`],
    [['＝1', '＋1', '－1', '＠a'], "'＝1,'＋1,'－1,'＠a\r\n"],
    [["x;=cmd|' /C calc'!A0;+1", 'a\t=1', 'a\n=1'], `x;'=cmd|' /C calc'!A0;'+1,a\t'=1,"a\n'=1"\r\n`],
    [['a; b', 'a;b'], 'a; b,a;b\r\n'],
    [['a=b', '1-2', 'x@y', "'a"], `a=b,1-2,x@y,'a\r\n`],
    [[-1], '-1\r\n'],
    [['Größe 🚀'], 'Größe 🚀\r\n'],
  ])('of %j is %j', (cells, line) => expect(csvLine(cells)).toBe(line));
});
