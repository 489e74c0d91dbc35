/** IPv4 addresses that nobody may have called: each private or special range, at its ends and within. */
const V4 = `
  0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.96.0.1 10.255.255.255 100.64.0.0 100.64.0.1 100.100.100.200
  100.127.255.255 127.0.0.0 127.0.0.1 127.0.0.53 127.1.2.3 127.255.255.255 168.63.129.16 169.254.0.0 169.254.0.1
  169.254.169.123 169.254.169.253 169.254.169.254 169.254.170.2 169.254.255.255 172.16.0.0 172.17.0.1 172.20.10.1
  172.31.255.255 192.0.0.0 192.0.0.8 192.0.0.170 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1
  192.168.0.0 192.168.0.1 192.168.65.2 192.168.255.255 192.175.48.1 198.18.0.0 198.18.0.1 198.19.255.255 198.51.100.1
  203.0.113.1 224.0.0.1 224.0.0.251 239.255.255.250 239.255.255.255 240.0.0.1 254.255.255.255 255.255.255.255
`;

/** IPv6 addresses outside what is given out, and what within it is no host of the internet. */
const V6 = `
  :: ::1 ::2 ::ffff 1::1 64::1 64:ff9a::1 64:ff9b:: 64:ff9b:2::1 100:: 100::1 100:0:0:1::1 200::1 200:5efe::1 300::1
  400::1 800::1 1000::1 1fff:ffff::1 4000::1 5f00::1 5fff::1 6000::1 8000::1 a000::1 c000::1 e000::1 f000::1 f800::1
  fb00::1 fc00::1 fc00:ec2::254 fd00::1 fd00:ec2::254 fd12:3456:789a:1::1 fdff:ffff::1 fe00::1 fe40::1 fe7f::1
  fe80::1 fe80::5efe:7f00:1 fe80::a9fe:a9fe febf::1 fec0::1 feff::1 ff00::1 ff01::1 ff02::1 ff02::2 ff02::fb ff05::2
  ff0e::1 ffff::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 2001::1 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1
  2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::1 2001:db8::1 2001:db8:ffff::1 2002::1 2620:4f:8000::1 3ffe::1
  3fff::1 3fff:fff:ffff::1
`;

/** One of each kind, for the forms in which IPv6 carries an IPv4 address. */
const CARRIED = `
  0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 168.63.129.16 169.254.169.254 172.16.0.1 192.0.0.192 192.168.0.1 198.18.0.1
  224.0.0.1 255.255.255.255
`;

const words = (text: string): string[] => text.trim().split(/\s+/);
const octets = (v4: string): number[] => v4.split('.').map(Number);
const pair = (high: number, low: number): string => ((high << 8) | low).toString(16);

/** How each standard, in use or given up, writes an IPv4 address into an IPv6 one. */
function carriersOf(v4: string): string[] {
  const [a, b, c, d] = octets(v4) as [number, number, number, number];
  const ab = pair(a, b);
  const cd = pair(c, d);
  const inverted = `${pair(a ^ 255, b ^ 255)}:${pair(c ^ 255, d ^ 255)}`;
  return [
    `::ffff:${v4}`, // mapped
    `::ffff:${ab}:${cd}`,
    `0:0:0:0:0:ffff:${ab}:${cd}`,
    `::${v4}`, // compatible
    `::ffff:0:${ab}:${cd}`, // translated, RFC 2765
    `::fffe:${ab}:${cd}`,
    `::1:${ab}:${cd}`,
    `64:ff9b::${ab}:${cd}`, // NAT64
    `64:ff9b:1::${ab}:${cd}`, // NAT64 of one network
    `64:ff9b:1:${ab}:${pair(0, c)}:${pair(d, 0)}::`,
    `2002:${ab}:${cd}::`, // 6to4
    `2002:${ab}:${cd}:1::1`,
    `2001:0:${ab}:${cd}::1`, // Teredo: the server
    `2001:0:4136:e378:8000:63bf:${inverted}`, // Teredo: the client
    `2606:4700::5efe:${ab}:${cd}`, // ISATAP
    `2606:4700::200:5efe:${ab}:${cd}`,
    `2a00:1450:4001:81b:100:5efe:${ab}:${cd}`,
    `fe80::5efe:${ab}:${cd}`,
  ];
}

/** How a URL may write an IPv4 address: each of these is one and the same host to a browser. */
function spellingsOf(v4: string): string[] {
  const [a, b, c, d] = octets(v4) as [number, number, number, number];
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  return [
    String(number),
    `0x${number.toString(16)}`,
    `0${number.toString(8)}`,
    `0x${a.toString(16)}.${b}.${c}.${d}`,
    `0${a.toString(8)}.0${b.toString(8)}.0${c.toString(8)}.0${d.toString(8)}`,
    `${a}.${b * 65_536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `${v4}.`,
    [...v4].map((sign) => (sign === '.' ? '。' : sign)).join(''),
    [...v4].map((sign) => (sign === '.' ? '.' : String.fromCodePoint(0xff10 + Number(sign)))).join(''),
  ];
}

/** Addresses as a name server or a literal gives them; each is refused wherever a tenant names it. */
export const FORBIDDEN_ADDRESSES: readonly string[] = [
  ...new Set([...words(V4), ...words(V6), ...words(CARRIED).flatMap(carriersOf)]),
];

/** Hosts as a URL may write them, each a forbidden address. */
export const FORBIDDEN_HOSTS: readonly string[] = [
  ...FORBIDDEN_ADDRESSES.map((address) => (address.includes(':') ? `[${address}]` : address)),
  ...words(CARRIED).flatMap(spellingsOf),
];

/** Close to what is forbidden, and hosts of the internet. */
export const PUBLIC_ADDRESSES: readonly string[] = words(`
  1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
  168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.1 192.167.255.255
  192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 ::ffff:8.8.8.8 2001:200::1 2001:4860:4860::8888 2003::1
  2606:4700::1111 2606:4700:10::6816:1 2a00:1450:4001:81b::200e 2a03:2880:f12f:83:face:b00c:0:25de 2c0f:fb50:4003::1
  3ffd::1
`);
