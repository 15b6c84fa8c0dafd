#!/usr/bin/env bash
# @matrix-org/matrix-sdk-crypto-wasm 18.9.0 (what matrix-js-sdk 43.0.0 installs): a room key that
# is sent with two names of one field is lost. An `m.room_key` says whether it may be passed on to
# those who join later. Before version 1.19 of the specification the name of that field was
# `org.matrix.msc3061.shared_history`; this library takes `m.shared_history` for the new one. It
# reads either alone. A sender who writes both, to be understood by old and new clients, gives it
# one field twice: it opens the event, cannot read it, and answers that it could not be decrypted,
# with the code of any other failure (matrix-js-sdk passes over such events). The receiver has no
# key, and cannot read what was sealed with it. Only a warning in the log has the reason.
#
# The name in the specification is neither: it is `shared_history`. That one this version does not
# know: alone, the key is kept but may not be passed on; beside the older name it does no harm.
#
# Seen: what becomes of a key with each set of names; both of the two that it reads: no key.
# Prints what it sees; exits 1 if that has changed. Needs Node.js 20 or later with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --save-exact @matrix-org/matrix-sdk-crypto-wasm@18.9.0
cat >both.mjs <<'JS'
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import {
  DecryptionSettings,
  DeviceId,
  DeviceLists,
  LoggerLevel,
  OlmMachine,
  ProcessedToDeviceEventType,
  RequestType,
  Tracing,
  TrustRequirement,
  UserId,
  initAsync,
} from "@matrix-org/matrix-sdk-crypto-wasm";

const ALICE = "@alice:example.org";
const BOB = "@bob:example.org";
const ROOM = "!room:example.org";
const OLDER = "org.matrix.msc3061.shared_history";
const NEWER = "m.shared_history";
const SPECIFIED = "shared_history";
const KEPT = "decrypted, kept";
const SHARED = "decrypted, kept, may be passed on";
const LOST = "not decrypted, no key";
const CASES = [
  [{}, KEPT],
  [{ [OLDER]: true }, SHARED],
  [{ [NEWER]: true }, SHARED],
  [{ [OLDER]: true, [NEWER]: true }, LOST],
  [{ [NEWER]: true, [OLDER]: true }, LOST],
  [{ [OLDER]: false, [NEWER]: false }, LOST],
  [{ [SPECIFIED]: true }, KEPT],
  [{ [SPECIFIED]: true, [OLDER]: true }, SHARED],
];

const unpadded = (bytes) => bytes.toString("base64").replace(/=+$/, "");

// The key of a new Megolm session: version, index, ratchet, public key, and their signature.
function roomKey(names) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const point = Buffer.from(publicKey.export({ format: "jwk" }).x, "base64url");
  const told = Buffer.concat([Buffer.from([2, 0, 0, 0, 0]), randomBytes(128), point]);
  return {
    algorithm: "m.megolm.v1.aes-sha2",
    room_id: ROOM,
    session_id: unpadded(point),
    session_key: unpadded(Buffer.concat([told, sign(null, told, privateKey)])),
    ...names,
  };
}

// What a device uploads: its keys, and its one-time keys.
async function uploaded(machine) {
  const requests = await machine.outgoingRequests();
  const upload = requests.find((one) => one.type === RequestType.KeysUpload);
  const body = JSON.parse(upload.body);
  const answer = JSON.stringify({ one_time_key_counts: { signed_curve25519: 50 } });
  await machine.markRequestAsSent(upload.id, upload.type, answer);
  return body;
}

// Tell a machine of the devices of another, as a homeserver would.
async function introduce(machine, user, device, keys) {
  await machine.updateTrackedUsers([new UserId(user)]);
  const query = machine.queryKeysForUsers([new UserId(user)]);
  const answer = { device_keys: { [user]: { [device]: keys } }, failures: {} };
  await machine.markRequestAsSent(query.id, query.type, JSON.stringify(answer));
}

await initAsync();
new Tracing(LoggerLevel.Error);
const alice = await OlmMachine.initialize(new UserId(ALICE), new DeviceId("ALICE"));
const bob = await OlmMachine.initialize(new UserId(BOB), new DeviceId("BOB"));
const ofAlice = await uploaded(alice);
const ofBob = await uploaded(bob);
await introduce(alice, BOB, "BOB", ofBob.device_keys);
await introduce(bob, ALICE, "ALICE", ofAlice.device_keys);
const claim = await alice.getMissingSessions([new UserId(BOB)]);
const [name, key] = Object.entries(ofBob.one_time_keys)[0];
const claimed = { one_time_keys: { [BOB]: { BOB: { [name]: key } } }, failures: {} };
await alice.markRequestAsSent(claim.id, claim.type, JSON.stringify(claimed));
const device = await alice.getDevice(new UserId(BOB), new DeviceId("BOB"));

let changed = false;
for (const [names, expected] of CASES) {
  const content = roomKey(names);
  const sealed = JSON.parse(await device.encryptToDeviceEvent("m.room_key", content));
  const event = { type: "m.room.encrypted", sender: ALICE, content: sealed };
  const [answer] = await bob.receiveSyncChanges(
    JSON.stringify([event]),
    new DeviceLists(),
    new Map([["signed_curve25519", 49]]),
    new Set(),
    new DecryptionSettings(TrustRequirement.Untrusted),
  );
  const keys = JSON.parse(await bob.exportRoomKeys(() => true));
  const key = keys.find((one) => one.session_id === content.session_id);
  const seen = [
    answer.type === ProcessedToDeviceEventType.Decrypted ? "decrypted" : "not decrypted",
    key ? "kept" : "no key",
    ...([OLDER, NEWER, SPECIFIED].some((one) => key?.[one] === true) ? ["may be passed on"] : []),
  ].join(", ");
  console.log(`${JSON.stringify(names)}: ${seen}`);
  changed ||= seen !== expected;
}
process.exit(changed ? 1 : 0);
JS
node both.mjs
