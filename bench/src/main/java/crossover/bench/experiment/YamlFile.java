package crossover.bench.experiment;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A YAML file that is bound to records, strictly. Every refusal is a {@link UsageException} that
 * names file, line, key and what is allowed.
 */
final class YamlFile {
  private static final int DEEPEST = 20;
  private static final Pattern TWICE = Pattern.compile("Duplicate Object property \"([^\"]*)\"");

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                  .disable(YAMLWriteFeature.SPLIT_LINES)
                  .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                  .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(Include.NON_NULL))
          .addModule(
              new SimpleModule()
                  .addDeserializer(String.class, new Scalar<>(String.class, (text, any) -> text))
                  .addDeserializer(Integer.class, new Scalar<>(Integer.class, Scalars::integer))
                  .addDeserializer(Users.class, new Scalar<>(Users.class, Users::of))
                  .addDeserializer(Boolean.class, new Scalar<>(Boolean.class, Scalars::bool))
                  .addDeserializer(Double.class, new Scalar<>(Double.class, Scalars::fraction))
                  .addDeserializer(Duration.class, new Scalar<>(Duration.class, Scalars::duration))
                  .addDeserializer(LinkSpec.class, new Scalar<>(LinkSpec.class, Scalars::link))
                  .addSerializer(new Text<>(Duration.class, Scalars::text))
                  .addSerializer(new Text<>(LinkSpec.class, LinkSpec::toString)))
          .build();

  private final Path file;
  private final String text;
  private final Function<List<Object>, String> place;

  /** {@code place} may be null: file and line. */
  private YamlFile(Path file, String text, Function<List<Object>, String> place) {
    this.file = file;
    this.text = text;
    this.place = place == null ? path -> file + ":" + line(path) : place;
  }

  /** Reads a file, binds it, and makes something of it, which may throw a {@link Refusal}. */
  static <T, R> R read(Path file, Class<T> type, Function<T, R> use) {
    return open(file).read(type, use);
  }

  /**
   * The same of keys that stand in no file.
   *
   * @param place what a message names for the path of a key
   */
  static <T, R> R read(
      Map<String, ?> keys,
      Class<T> type,
      Function<T, R> use,
      Function<List<Object>, String> place) {
    return new YamlFile(null, write(keys), place).read(type, use);
  }

  private <T, R> R read(Class<T> type, Function<T, R> use) {
    try {
      return use.apply(bind(type));
    } catch (Refusal e) {
      throw refuse(e.path(), e.getMessage());
    }
  }

  static String write(Object keys) {
    return MAPPER.writeValueAsString(keys);
  }

  private static YamlFile open(Path file) {
    try {
      return new YamlFile(file, Scalars.hidden(Files.readString(file)), null);
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new UsageException(file + ": is not encoded in UTF-8: save it as UTF-8");
    } catch (IOException e) {
      String reason = Files.isDirectory(file) ? "is a folder, not a file" : "cannot be read: " + e;
      throw new UsageException(file + ": " + reason);
    }
  }

  /** Refuses what is no YAML, and what of YAML is not read here. */
  private void check() {
    if (text.isBlank()) {
      throw new UsageException(file + ": the file is empty");
    }
    try (JsonParser parser = MAPPER.createParser(text)) {
      try {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          if (token == JsonToken.VALUE_NULL) {
            throw refuse(parser, "has no value: write one, or leave the key out");
          }
          if (((YAMLParser) parser).isCurrentAlias()) {
            throw refuse(parser, "is an alias (*), which is not read here: write the value itself");
          }
        }
      } catch (JacksonException e) {
        throw new UsageException(file + ":" + syntax(e, parser));
      }
    }
  }

  private UsageException refuse(JsonParser parser, String why) {
    String key = parser.currentName() == null ? "" : "\"" + parser.currentName() + "\" ";
    return new UsageException(
        file + ":" + parser.currentTokenLocation().getLineNr() + ": " + key + why);
  }

  private <T> T bind(Class<T> type) {
    check();
    try {
      return MAPPER.readValue(text, type);
    } catch (DatabindException e) {
      throw refuse(e);
    }
  }

  private static String syntax(JacksonException e, JsonParser parser) {
    int line = parser.currentLocation().getLineNr();
    if (e.getCause() instanceof MarkedYamlEngineException marked) {
      line = marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(line);
      return line + ": not YAML: " + marked.getProblem();
    }
    if (e instanceof StreamConstraintsException) {
      return line + ": nested more than " + DEEPEST + " levels deep, which no experiment is";
    }
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    return twice.find()
        ? line + ": the key \"" + twice.group(1) + "\" stands here twice"
        : line + ": not YAML: " + e.getOriginalMessage();
  }

  private UsageException refuse(DatabindException e) {
    List<Object> path = new ArrayList<>();
    for (JacksonException.Reference step : e.getPath()) {
      path.add(step.getPropertyName() == null ? step.getIndex() : step.getPropertyName());
    }
    if (e.getCause() instanceof Refusal refusal) {
      return refuse(refusal.within(path.toArray()).path(), refusal.getMessage());
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return refuse(path, unknownKey(unknown.getPropertyName(), unknown.getKnownPropertyIds()));
    }
    return path.isEmpty()
        ? new UsageException(file + ":1: expected a mapping (key: value)")
        : refuse(path, "must be a mapping (key: value)");
  }

  private static String unknownKey(String key, Collection<Object> known) {
    List<String> names = known.stream().map(Object::toString).toList();
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    Optional<String> nearest =
        names.stream()
            .filter(name -> distance.apply(name, key) <= Math.max(2, key.length() / 3))
            .min(Comparator.comparingInt(name -> distance.apply(name, key)));
    return "is not a key that may stand here"
        + nearest.map(name -> "; did you mean \"" + name + "\"?").orElse("")
        + " (allowed: "
        + String.join(", ", names)
        + ")";
  }

  private UsageException refuse(List<Object> path, String why) {
    String key = "";
    for (Object step : path) {
      key = step instanceof String name ? name : key;
    }
    return new UsageException(place.apply(path) + ": \"" + key + "\" " + why);
  }

  /** The line of a value's key, or of what the key is missing in. */
  private int line(List<Object> path) {
    for (List<Object> left = path; !left.isEmpty(); left = left.subList(0, left.size() - 1)) {
      StringBuilder pointer = new StringBuilder();
      left.forEach(
          step ->
              pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1")));
      int line = line(pointer.toString());
      if (line > 0) {
        return line;
      }
    }
    return line("");
  }

  private int line(String pointer) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.streamReadContext().pathAsPointer().toString().equals(pointer)) {
          return parser.currentTokenLocation().getLineNr();
        }
      }
    }
    return 0;
  }

  /** Reads one value by its text. */
  private static final class Scalar<T> extends StdDeserializer<T> {
    private final BiFunction<String, Allowed, T> read;
    private final Allowed allowed;

    Scalar(Class<T> type, BiFunction<String, Allowed, T> read) {
      this(type, read, null);
    }

    @SuppressWarnings("unchecked")
    private Scalar(Class<?> type, BiFunction<String, Allowed, T> read, Allowed allowed) {
      super((Class<T>) type);
      this.read = read;
      this.allowed = allowed;
    }

    @Override
    public ValueDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) {
      return property == null
          ? this
          : new Scalar<>(handledType(), read, property.getAnnotation(Allowed.class));
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.currentToken().isScalarValue() ? parser.getString().strip() : "";
      if (text.isEmpty()) {
        throw new Refusal("must be one value");
      }
      return read.apply(Scalars.shown(text), allowed);
    }
  }

  /** Writes a value as the text that it is read from. */
  private static final class Text<T> extends StdSerializer<T> {
    private final Function<T, String> text;

    Text(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext context) {
      generator.writeString(text.apply(value));
    }
  }
}
