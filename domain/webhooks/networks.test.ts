import { expect, test } from "vitest";
import { isPublic, isWithin, parseNetworks } from "./networks";

test.each([
  "127.0.0.1",
  "127.8.8.8",
  "0.0.0.0",
  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "192.0.2.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:93.184.216.34",
  "::ffff:0:5db8:d822",
  "::127.0.0.1",
  "::7f00:1",
  "::a00:1",
  "64:ff9b:1::5db8:d822",
  "4000::1",
  "fe80::1",
  "fe80::1%eth0",
  "fc00::1",
  "fd00:ec2::254",
  "ff02::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "2001::1",
  "64:ff9b::7f00:1",
  "64:ff9b::10.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "fec0::1",
  "100::1",
  "not an address",
  "",
  "1.2.3",
  "0x7f.1",
  "2130706433",
])("%s is not public", (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each([
  "93.184.216.34",
  "1.1.1.1",
  "172.15.0.1",
  "172.32.0.1",
  "2606:4700:4700::1111",
  "64:ff9b::5db8:d822",
])("%s is public", (address) => {
  expect(isPublic(address)).toBe(true);
});

test.each([
  ["10.20.3.4", "10.20.0.0/16", true],
  ["10.21.3.4", "10.20.0.0/16", false],
  ["127.0.0.1", "127.0.0.1", true],
  ["127.0.0.2", "127.0.0.1", false],
  ["::1", "127.0.0.0/8, ::1", true],
  ["fd12::7", "fd12::/16", true],
  ["::ffff:10.20.3.4", "10.20.0.0/16", false],
  ["64:ff9b::10.20.3.4", "10.20.0.0/16", true],
  ["10.20.3.4", "", false],
  ["10.20.3.4", "::/0", false],
  ["nonsense", "0.0.0.0/0", false],
])("%s within %s: %j", (address, networks, expected) => {
  expect(isWithin(address, parseNetworks(networks))).toBe(expected);
});

test.each(["10.0.0.0/33", "10.0.0/8/9", "localhost", "10.0.0.0/16,x", "10.0.0.0/-1"])(
  "%s is no list of networks",
  (text) => {
    expect(() => parseNetworks(text)).toThrow("isn't a network like 10.20.0.0/16");
  },
);
