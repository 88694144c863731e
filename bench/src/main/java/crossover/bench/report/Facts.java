package crossover.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A part of environment.json as names and values, whatever the part holds: the report must not know
 * the machine.
 */
record Facts(String name, List<Fact> facts) {
  record Fact(String name, String value) {}

  /** The single values first, then one part an object. */
  static List<Facts> of(JsonNode environment) {
    List<Facts> parts = new ArrayList<>();
    List<Fact> single = new ArrayList<>();
    for (var entry : environment.properties()) {
      if (entry.getKey().equals("formatVersion")) {
        continue;
      }
      if (entry.getValue().isObject()) {
        List<Fact> facts = new ArrayList<>();
        flatten("", entry.getValue(), facts);
        parts.add(new Facts(entry.getKey(), facts));
      } else {
        single.add(new Fact(entry.getKey(), text(entry.getValue())));
      }
    }
    parts.add(0, new Facts("run", single));
    return parts.stream().filter(part -> !part.facts().isEmpty()).toList();
  }

  private static void flatten(String prefix, JsonNode object, List<Fact> facts) {
    for (var entry : object.properties()) {
      String name = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        flatten(name + ".", entry.getValue(), facts);
      } else {
        facts.add(new Fact(name, text(entry.getValue())));
      }
    }
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().map(Facts::text).collect(Collectors.joining(" "));
    }
    return value.isNull()
        ? Figures.UNKNOWN
        : value.isValueNode() ? value.asString() : value.toString();
  }
}
