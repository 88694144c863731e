package crossover.bench.results;

import crossover.bench.load.Slice;
import tools.jackson.databind.node.ObjectNode;

/**
 * A slice as a line of slices.jsonl has it, for tests: of arm sync in get · localhost · 32 users,
 * in the first round, with one request in one second. A test says what differs.
 */
public final class MadeSlice {
  private final ObjectNode line =
      (ObjectNode)
          Json.MAPPER.readTree(
              """
              {"round": 1, "day": 1, "attempt": 1, "view": "get", "site": "localhost", "users": 32,
               "arm": "sync", "phase": "CLOSED", "pass": 1, "order": ["sync"],
               "start": "1970-01-01T00:00:00Z",
               "load": {"kind": "closed", "users": 32, "seconds": 1, "requests": 1, "throughput": 1,
                        "errorSample": [], "meanResponseMillis": 1, "histogram": "", "turns": 1}}
              """);

  /** A key of the line. */
  public MadeSlice with(String key, Object value) {
    line.set(key, Json.MAPPER.valueToTree(value));
    return this;
  }

  /** A key of what the generator saw. */
  public MadeSlice load(String key, Object value) {
    ((ObjectNode) line.get("load")).set(key, Json.MAPPER.valueToTree(value));
    return this;
  }

  /** A key of what the server used; the others are not known. */
  public MadeSlice usage(String key, Object value) {
    line.withObject("usage").set(key, Json.MAPPER.valueToTree(value));
    return this;
  }

  public SliceLine line() {
    return Json.MAPPER.treeToValue(line, SliceLine.class);
  }

  /** What the generator saw alone. */
  public Slice slice() {
    return line().load();
  }
}
