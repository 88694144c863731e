package crossover.bench.experiment;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a YAML file, read strictly: whoever reads it asks for every key that may stand
 * there and then calls {@link #end()}, which refuses all others. Every refusal is a {@link
 * UsageException} that names file, line, key and what is allowed.
 */
final class YamlMap {
  private static final Pattern DURATION =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(us|ms|s|min|h)");
  private static final Map<String, Double> SECONDS =
      Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0);

  private final Path file;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();

  /** The mapping at the top of a file. */
  static YamlMap read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      Node root =
          new Compose(settings)
              .composeReader(reader)
              .orElseThrow(() -> new UsageException(file + ": the file is empty"));
      return new YamlMap(file, root);
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(m -> ":" + (m.getLine() + 1)).orElse("");
      throw new UsageException(file + line + ": not YAML: " + e.getProblem());
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": there is no such file");
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be read: " + e);
    }
  }

  private YamlMap(Path file, Node node) {
    this.file = file;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw new UsageException(file + ":" + line(node) + ": expected a mapping (key: value)");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new UsageException(file + ":" + line(tuple.getKeyNode()) + ": a key must be text");
      }
      if (values.put(key.getValue(), tuple.getValueNode()) != null) {
        throw new UsageException(
            file + ":" + line(key) + ": the key \"" + key.getValue() + "\" stands here twice");
      }
      lines.put(key.getValue(), line(key));
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
  }

  Path file() {
    return file;
  }

  boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  /** A refusal of the value of a key. */
  UsageException refuse(String key, String why) {
    int line = lines.getOrDefault(key, line(node));
    return new UsageException(file + ":" + line + ": \"" + key + "\" " + why);
  }

  String text(String key) {
    return optionalText(key).orElseThrow(() -> refuse(key, "is missing"));
  }

  String text(String key, String otherwise) {
    return optionalText(key).orElse(otherwise);
  }

  Optional<String> optionalText(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    return Optional.of(scalar(key, values.get(key)));
  }

  private String scalar(String key, Node value) {
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    throw refuse(key, "must be one value");
  }

  int integer(String key, int otherwise, int min, int max) {
    return optionalText(key).map(text -> toInt(key, text, min, max)).orElse(otherwise);
  }

  private int toInt(String key, String text, int min, int max) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw refuse(key, "is " + text + ", but must be a whole number from " + min + " to " + max);
  }

  /** A number or a percentage: {@code 0.05} and {@code 5%} are the same. */
  double fraction(String key, double otherwise, double min, double max) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      boolean percent = text.get().endsWith("%");
      String digits = percent ? text.get().substring(0, text.get().length() - 1) : text.get();
      double value = Double.parseDouble(digits.strip()) / (percent ? 100 : 1);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw refuse(key, "is " + text.get() + ", but must be from " + min + " to " + max);
  }

  Duration duration(String key, Duration otherwise, Duration min, Duration max) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher m = DURATION.matcher(text.get());
    if (m.matches()) {
      double seconds = Double.parseDouble(m.group(1)) * SECONDS.get(m.group(2));
      Duration value = Duration.ofNanos(Math.round(seconds * 1e9));
      if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
        return value;
      }
    }
    throw refuse(
        key,
        "is "
            + text.get()
            + ", but must be a time from "
            + seconds(min)
            + " to "
            + seconds(max)
            + ", such as 1500 ms or 2 s");
  }

  /** A duration as this reader reads it back. */
  static String seconds(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    return (seconds == Math.rint(seconds)
            ? Long.toString((long) seconds)
            : Double.toString(seconds))
        + " s";
  }

  boolean bool(String key, boolean otherwise) {
    String text = text(key, Boolean.toString(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      throw refuse(key, "is " + text + ", but must be true or false");
    }
    return Boolean.parseBoolean(text);
  }

  /** A list of scalars; a single scalar counts as a list of one. */
  List<String> texts(String key) {
    if (!has(key)) {
      throw refuse(key, "is missing");
    }
    return items(key).stream().map(item -> scalar(key, item)).toList();
  }

  List<Integer> integers(String key, List<Integer> otherwise, int min, int max) {
    if (!has(key)) {
      return otherwise;
    }
    return items(key).stream().map(item -> toInt(key, scalar(key, item), min, max)).toList();
  }

  /** A list of mappings. */
  <T> List<T> list(String key, Function<YamlMap, T> read) {
    if (!has(key)) {
      throw refuse(key, "is missing");
    }
    return items(key).stream().map(item -> read.apply(new YamlMap(file, item))).toList();
  }

  /** A list whose items are mappings or plain texts. */
  <T> List<T> list(String key, Function<YamlMap, T> ofMapping, Function<String, T> ofText) {
    return items(key).stream()
        .map(
            item ->
                item instanceof ScalarNode
                    ? ofText.apply(scalar(key, item))
                    : ofMapping.apply(new YamlMap(file, item)))
        .toList();
  }

  /** A mapping inside this one. */
  Optional<YamlMap> mapping(String key) {
    return has(key) ? Optional.of(new YamlMap(file, values.get(key))) : Optional.empty();
  }

  private List<Node> items(String key) {
    Node value = values.get(key);
    if (value instanceof SequenceNode sequence) {
      if (sequence.getValue().isEmpty()) {
        throw refuse(key, "is an empty list");
      }
      return sequence.getValue();
    }
    return List.of(value);
  }

  /** A mapping with free keys, such as system properties; empty when it is absent. */
  Map<String, String> properties(String key) {
    if (!has(key)) {
      return Map.of();
    }
    YamlMap inner = new YamlMap(file, values.get(key));
    Map<String, String> result = new LinkedHashMap<>();
    inner.values.keySet().forEach(name -> result.put(name, inner.text(name)));
    return result;
  }

  /** Refuses the first key that nobody asked for. */
  void end() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw refuse(
            key,
            "is not a key that may stand here"
                + nearest(key).map(n -> "; did you mean \"" + n + "\"?").orElse("")
                + " (allowed: "
                + String.join(", ", known)
                + ")");
      }
    }
  }

  private Optional<String> nearest(String key) {
    return known.stream()
        .filter(k -> distance(k, key) <= Math.max(2, key.length() / 3))
        .min(Comparator.comparingInt(k -> distance(k, key)));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
