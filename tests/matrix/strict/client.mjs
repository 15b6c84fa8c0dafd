// Strict Matrix clients, told what to do in lines of JSON and telling what they see in others.
//
// Each gives its keys to devices that their owner has signed and to no other, and reads from no
// other. Everything is in memory. Whoever connects has a client of their own until they go; the
// library, which takes longer to load than a test, is loaded once for all. A line in is {"id": 1,
// "do": "say", …}; the one that answers it is {"id": 1, "is": …} or {"id": 1, "failed": "why"}. What
// nobody asked for is {"saw": …}, an event once it is decrypted or cannot be, or {"invited": room}.
// The arguments are the folder in whose node_modules the library is, and the socket to listen on.

import { Console } from "node:console";
import { webcrypto } from "node:crypto";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

globalThis.console = new Console(process.stderr);
// A client that is stopped amid a request must not end the others.
process.on("unhandledRejection", (error) => console.error("unhandled:", error));

process.stdin.resume().on("end", () => process.exit(0)); // whoever started this has ended

const [, , folder, address] = process.argv;
const library = (file) => import(`${folder}/node_modules/matrix-js-sdk/lib/${file}`);
const { ClientEvent, Filter, MatrixEventEvent, RoomEvent, createClient } =
  await library("index.js");
const { CryptoEvent, EventShieldColour, EventShieldReason, OnlySignedDevicesIsolationMode } =
  await library("crypto-api/index.js");

const ALGORITHM = "m.megolm.v1.aes-sha2";
const ENCRYPTION = { type: "m.room.encryption", state_key: "", content: { algorithm: ALGORITHM } };

// Do a request that the homeserver may want the password for.
function withPassword(user, password) {
  return async (request) => {
    try {
      return await request(null);
    } catch (error) {
      if (error.data?.session === undefined) throw error;
      const identifier = { type: "m.id.user", user };
      const { session } = error.data;
      return await request({ type: "m.login.password", identifier, password, session });
    }
  };
}

class Person {
  #refused = new Set(); // events that are not read for what is known of their senders' devices
  #telling = Promise.resolve(); // one event after the other, in the order they came
  #socket;

  constructor(socket) {
    this.#socket = socket;
  }

  write(line) {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(line)}\n`);
  }

  // Do what each line says, until there are no more.
  async serve() {
    for await (const line of createInterface({ input: this.#socket })) {
      const { id, do: deed, ...how } = JSON.parse(line);
      this[deed](how).then(
        (is) => this.write({ id, is: is ?? "" }),
        (error) => this.write({ id, failed: String(error) }),
      );
    }
    this.client?.stopClient();
    this.#socket.end();
  }

  // Log in as a device, have its owner's own new keys sign it, and read from now on. Returns the
  // recovery key of these keys.
  async start({ homeserver, user, token, device, password }) {
    const secrets = new Map();
    const client = (this.client = createClient({
      baseUrl: homeserver,
      userId: user,
      accessToken: token,
      deviceId: device,
      cryptoCallbacks: {
        cacheSecretStorageKey: (id, _info, key) => secrets.set(id, key),
        getSecretStorageKey: async ({ keys }) => {
          const id = Object.keys(keys).find((one) => secrets.has(one));
          return id === undefined ? null : [id, secrets.get(id)];
        },
      },
    }));
    await client.initRustCrypto({ useIndexedDB: false });
    const crypto = client.getCrypto();
    crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
    client.on(ClientEvent.Event, (event) => {
      if (event.isEncrypted()) client.decryptEventIfNeeded(event);
      else this.#tell(event);
    });
    client.on(MatrixEventEvent.Decrypted, (event) => this.#tell(event));
    client.on(CryptoEvent.DevicesUpdated, (users) => this.#tryAgain(users));
    client.on(RoomEvent.MyMembership, (room, membership) => {
      if (membership === "invite") this.write({ invited: room.roomId });
    });
    const filter = new Filter(user);
    filter.setTimelineLimit(100); // with more at once there is a gap, and nobody here to scroll up
    await client.startClient({ filter, pollTimeout: 10_000 });
    const recovery = await crypto.createRecoveryKeyFromPassphrase();
    await crypto.bootstrapSecretStorage({
      setupNewSecretStorage: true,
      createSecretStorageKey: async () => recovery,
    });
    await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: withPassword(user, password) });
    return recovery.encodedPrivateKey;
  }

  async room({ how }) {
    const made = await this.client.createRoom({ initial_state: [ENCRYPTION], ...how });
    return await this.#arrived(made.room_id);
  }

  async invite({ room, user }) {
    await this.client.invite(room, user);
  }

  async join({ room }) {
    return await this.#arrived((await this.client.joinRoom(room)).roomId);
  }

  async leave({ room }) {
    await this.client.leave(room);
  }

  async signed({ user, count }) {
    for (;;) {
      const all = await this.#devices(user);
      if (all.length >= count && all.every((one) => one.signed)) return;
      await sleep(20);
    }
  }

  // The keys of a room, as they are handed to whoever is invited: whether each may be passed on.
  async passed({ room }) {
    const keys = JSON.parse(await this.client.getCrypto().exportRoomKeysAsJson());
    const ours = keys.filter((key) => key.room_id === room);
    const names = ["shared_history", "m.shared_history", "org.matrix.msc3061.shared_history"];
    const passes = (key) => names.some((name) => key[name] === true);
    return JSON.stringify(ours.map((key) => [key.sender_key, passes(key)]));
  }

  async state({ room, kind, content }) {
    return (await this.client.sendStateEvent(room, kind, content)).event_id;
  }

  async send({ room, kind, content }) {
    return (await this.client.sendEvent(room, kind, content)).event_id;
  }

  async file({ room, name, text, body }) {
    const data = Buffer.from(text);
    const content = {
      msgtype: "m.file",
      filename: name,
      body,
      info: { size: data.length },
      file: await this.#sealed(data),
    };
    return (await this.client.sendEvent(room, "m.room.message", content)).event_id;
  }

  // Whoever meets somebody may get what they say before it is known which devices they have. The
  // library reads it when it is loaded again, not before; this is that without a new start.
  #tryAgain(users) {
    const crypto = this.client.getCrypto();
    for (const event of this.#refused) {
      if (users.includes(event.getSender())) event.attemptDecryption(crypto, { isRetry: true });
    }
  }

  #tell(event) {
    const again = this.#refused.has(event);
    const reasons = ["UNKNOWN_SENDER_DEVICE", "UNSIGNED_SENDER_DEVICE"];
    if (reasons.includes(event.decryptionFailureReason)) this.#refused.add(event);
    else this.#refused.delete(event);
    if (again && this.#refused.has(event)) return;
    this.#telling = this.#telling.then(async () => this.write({ saw: await this.#seen(event) }));
  }

  // Return an event as it reads, and under "strict" what the client makes of it: whether it came
  // encrypted, under which key, why it cannot be read, what there is to warn of, and whether the
  // owner of the device that sent it has signed it.
  async #seen(event) {
    const wire = event.getWireContent();
    const relation = wire["m.relates_to"];
    const encrypted = event.isEncrypted();
    const failure = event.decryptionFailureReason ?? "";
    const strict = { encrypted, session: wire.session_id ?? "", failure, warning: "", signed: false };
    if (encrypted && !failure) {
      const info = await this.client.getCrypto().getEncryptionInfoForEvent(event);
      if (info.shieldColour !== EventShieldColour.NONE) {
        strict.warning = EventShieldReason[info.shieldReason] ?? "UNKNOWN";
      }
      const all = await this.#devices(event.getSender());
      const senders = all.filter((one) => one.key === event.getSenderKey());
      strict.signed = senders.length === 1 && senders[0].signed;
    }
    return {
      event_id: event.getId() ?? "",
      room_id: event.getRoomId() ?? "",
      sender: event.getSender() ?? "",
      type: event.getType(),
      state_key: event.getStateKey(),
      content: { ...event.getOriginalContent(), ...(relation && { "m.relates_to": relation }) },
      strict,
    };
  }

  // Return somebody's devices, each by its key and with whether its owner signed it.
  async #devices(user) {
    const crypto = this.client.getCrypto();
    const known = (await crypto.getUserDeviceInfo([user])).get(user) ?? new Map();
    const found = [...known].map(async ([id, device]) => {
      const status = await crypto.getDeviceVerificationStatus(user, id);
      return { key: device.getIdentityKey(), signed: status.signedByOwner };
    });
    return await Promise.all(found);
  }

  // Wait until a room is known to be encrypted and one is in it: what is sent before is not encrypted.
  async #arrived(id) {
    for (;;) {
      const room = this.client.getRoom(id);
      if (room?.getMyMembership() === "join" && room.hasEncryptionStateEvent()) return id;
      await sleep(20);
    }
  }

  // Encrypt a file as the specification has it, and put it on the homeserver: the content of what
  // tells of it. https://spec.matrix.org/latest/client-server-api/#sending-encrypted-attachments
  async #sealed(data) {
    const iv = webcrypto.getRandomValues(new Uint8Array(16)).fill(0, 8); // the rest of it counts
    const how = { name: "AES-CTR", length: 256 };
    const key = await webcrypto.subtle.generateKey(how, true, ["encrypt", "decrypt"]);
    const bytes = await webcrypto.subtle.encrypt({ name: "AES-CTR", counter: iv, length: 64 }, key, data);
    const hash = Buffer.from(await webcrypto.subtle.digest("SHA-256", bytes));
    const unpadded = (some) => Buffer.from(some).toString("base64").replace(/=+$/, "");
    const { content_uri: url } = await this.client.uploadContent(Buffer.from(bytes), {
      type: "application/octet-stream",
      includeFilename: false,
    });
    const opens = await webcrypto.subtle.exportKey("jwk", key);
    return { url, v: "v2", key: opens, iv: unpadded(iv), hashes: { sha256: unpadded(hash) } };
  }
}

createServer({ allowHalfOpen: true }, (socket) => new Person(socket).serve()).listen(address);
