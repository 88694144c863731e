package crossover.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleFunction;

/**
 * The templates in this package's resources. A template names components and methods of the record
 * that it is filled with, and of a number how it is to be written: {@code {{ratio.ratio}}}, {@code
 * {{margin.percent}}}. An unknown name is an error.
 */
final class Templates {
  private static final Map<String, DoubleFunction<String>> NUMBERS =
      Map.of(
          "figure", Figures::figure,
          "millis", Figures::millis,
          "percent", Figures::percent,
          "perSecond", Figures::perSecond,
          "ratio", Figures::ratio,
          "whole", Figures::whole);

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .nullValue("")
          .emptyStringIsFalse(true)
          .zeroIsFalse(true)
          .withCollector(new NumberCollector())
          .withLoader(name -> new StringReader(resource(name)));

  private static final Map<String, Template> COMPILED = new ConcurrentHashMap<>();

  private Templates() {}

  /** A template with the values of a record. */
  static String fill(String name, Object values) {
    return COMPILED.computeIfAbsent(name, n -> COMPILER.compile(resource(n))).execute(values);
  }

  /** The text of a resource of this package. */
  static String resource(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class NumberCollector extends DefaultCollector {
    @Override
    public Mustache.VariableFetcher createFetcher(Object context, String name) {
      DoubleFunction<String> written = NUMBERS.get(name);
      return context instanceof Number && written != null
          ? (number, n) -> written.apply(((Number) number).doubleValue())
          : super.createFetcher(context, name);
    }
  }
}
