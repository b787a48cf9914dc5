export { layCable } from './cable.mjs';
export { leaveNothing, register, release } from './cleanup.mjs';
export { eventually, pause, within } from './deadline.mjs';
export { listen, subscribe } from './event_stream.mjs';
export { request } from './http.mjs';
export { upTo } from './numbers.mjs';
export { freePort } from './ports.mjs';
export { fdCount, Program } from './processes.mjs';
export { closeFrame, dial, dialChannel, frame, handshake, opcodes }
  from './raw.mjs';
export { choices } from './random.mjs';
export { absentRedis, startRedis } from './redis_server.mjs';
export { binary, startCluster, startNode, toArguments }
  from './rookery_node.mjs';
export { connect, refusal } from './web_socket.mjs';
