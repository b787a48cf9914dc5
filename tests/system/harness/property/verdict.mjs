// The promises checked at the end of a run; every broken one is a sentence.

const counts = (list) => {
  const result = new Map();
  for (const each of list) result.set(each, (result.get(each) ?? 0) + 1);
  return result;
};

/** Compares the stored history with the outcomes that publishers were told.
 * `stored` is the whole of it if it starts at offset 1. */
export function checkHistory(stored, outcomes) {
  const broken = [];
  stored.forEach(({ offset }, i) => {
    if (i > 0 && offset !== stored[i - 1].offset + 1) {
      broken.push(`offset ${offset} follows ${stored[i - 1].offset}`);
    }
  });
  const times = counts(stored.map(({ data }) => data));
  const isWhole = stored[0]?.offset === 1;
  for (const [id, outcome] of outcomes) {
    const found = times.get(id) ?? 0;
    if (outcome === 'refused' && found > 0) broken.push(`${id} was refused`);
    if (found > 1) broken.push(`${id} is kept ${found} times`);
    if (outcome === 'accepted' && found === 0 && isWhole) {
      broken.push(`${id} was accepted, but is not kept`);
    }
  }
  for (const id of times.keys()) {
    if (!outcomes.has(id)) broken.push(`nobody has published ${id}`);
  }
  return broken.concat(checkOrder(stored, outcomes));
}

/** A publisher that waits for each outcome has its messages in order. */
function checkOrder(stored, outcomes) {
  const broken = [];
  const last = new Map();
  for (const { data } of stored) {
    const [name, number] = data.split(':');
    if (outcomes.get(data) !== 'accepted') continue;
    if (Number(number) < (last.get(name) ?? 0)) {
      broken.push(`${data} stands behind ${name}:${last.get(name)}`);
    }
    last.set(name, Number(number));
  }
  return broken;
}

/** Compares the messages of a reader with the truth. `known` maps offsets to
 * data; a reader that lost something must have been told of it. */
export function checkReader(reader, known, { first = 1, mayLose = false }) {
  const broken = [];
  const say = (what) => broken.push(`${reader.name}: ${what}`);
  let expected = first;
  let isTold = false;
  for (const { offset, data, loss } of reader.seen) {
    if (loss) {
      isTold = true;
      if (!mayLose) say(`is told "${loss}"`);
      continue;
    }
    if (offset < expected) say(`${offset} (${data}) comes again`);
    if (offset > expected && !isTold) {
      say(`${expected} to ${offset - 1} are missing in silence`);
    }
    if (known.has(offset) && known.get(offset) !== data) {
      say(`${offset} is ${data}, not ${known.get(offset)}`);
    }
    known.set(offset, data);
    expected = offset + 1;
    isTold = false;
  }
  return broken;
}
