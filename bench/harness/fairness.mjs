// Notes that a reader needs to judge the comparison.

export function fairnessNotes({ nchanWorkers }) {
  return `## Fairness

- All servers, Redis and the load generator share the machine. In each round
  each server runs once, freshly started; the figures are medians of the
  rounds. The CPU of redis-server and of rookery-bench is not in the servers'
  CPU; that of rookery-bench is in the raw numbers.
- The limit is one thread that sends frames encoded beforehand and does nothing
  else: no accounting, no pings, no bounds. It is a yardstick, not a server.
- rookery runs with its default settings unless the table of versions says
  otherwise.
- nchan is Debian's, with Redis storage mode \`nostore\`: like all servers here it
  keeps no history. It has ${nchanWorkers} worker process${nchanWorkers === 1
    ? '' : 'es'} (\`--nchan-workers\` changes that); on two
  cores it did better with one than with two, in chat at a given rate and in a
  closed loop.
  Access log off, store off, no timeouts, pings every 25 s.
- ws-redis is one Node.js process with the packages \`ws\` and \`redis\` as their
  manuals use them, pings every 25 s. It could be run several times on one
  machine; then each process would repeat the work on Redis.
- nchan and ws-redis are always behind Redis. The first two rows compare rookery
  without Redis with the limit without Redis; the next two run the same load for all
  servers through Redis.
- redis-server has Debian's defaults without persistence. hiredis in the table
  is rookery-bench itself, publishing to Redis and receiving from it.
- One client publishes and receives in one-to-one, so that every server, like
  hiredis, gets each message once and delivers it once. In one-to-one-apart the
  publisher is a client of its own. With a server in between it is a member of the
  channel and receives its messages, too, so the server delivers each twice.
- In closed loops a publication is in flight until every member has received it.
  At a given rate latency counts from the time a message should have been sent,
  so a stall is not hidden.
- nchan cannot take part in redis-fan-out: its messages in Redis have a format of
  its own, which other programs cannot PUBLISH.
- A name like rookery-history is rookery with the settings or the load under its
  table, run in the same rounds as rookery. In the Centrifuge protocol the
  data of a publication is a JSON string of 128 letters; plain members get the
  same letters.
- Redis µs per PUBLISH or script is Redis' own figure (INFO commandstats), for a
  script with the commands it calls; Redis CPU is that of its process.
- In recovery the publishers are on another node and keep publishing while the
  others come back. Reads of Redis are its scripts without those that
  published.
- The table names the losses of each server. Losses of a peer do not fail the
  benchmark.
`;
}
