package crossover.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/results-format.md names every field that is written. */
class FormatDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "results-format.md");

  /** Described as a whole, by the name of its record. */
  private static final String USAGE = "crossover.bench.probe.Usage";

  @Test
  void everyFieldIsDescribed() throws IOException {
    Set<String> fields = new TreeSet<>();
    List.of(
            Summary.class,
            SliceLine.class,
            RoundLine.class,
            Environment.class,
            MachineCalibration.class,
            CrossoverMap.class)
        .forEach(record -> collect(record, fields));
    String document = Files.readString(DOCUMENT);

    assertThat(fields)
        .hasSizeGreaterThan(100)
        .filteredOn(field -> !document.matches("(?s).*`" + field + "(\\[\\])?`.*"))
        .isEmpty();
  }

  private static void collect(Type type, Set<String> fields) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(part -> collect(part, fields));
    } else if (type instanceof Class<?> record
        && record.isRecord()
        && !record.getName().equals(USAGE)) {
      for (RecordComponent component : record.getRecordComponents()) {
        fields.add(component.getName());
        collect(component.getGenericType(), fields);
      }
    }
  }
}
