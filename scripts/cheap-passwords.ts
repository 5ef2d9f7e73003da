// Hashes passwords in a millisecond: tests sign in hundreds of times. The tests of a running server keep the real cost.
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

const COST = 16;

crypto.scrypt = new Proxy(crypto.scrypt, {
  apply: (scrypt, self, [password, salt, length, options, done]) =>
    Reflect.apply(scrypt, self, [password, salt, length, { ...options, N: COST }, done]),
});
syncBuiltinESMExports();
