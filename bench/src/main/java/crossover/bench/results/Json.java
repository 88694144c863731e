package crossover.bench.results;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The one JSON dialect of a results folder: fields in the order of their records, times as ISO 8601
 * in UTC, and a figure that does not exist (NaN, infinite) as {@code null}, which is read back as
 * NaN. Unknown fields are ignored and absent ones are null, 0, NaN or empty, so that a newer or an
 * older file of the same format version is still read.
 */
public final class Json {
  private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

  /** The mapper; immutable and safe to share. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .withConfigOverride(List.class, list -> list.setNullHandling(EMPTY))
          .withConfigOverride(Map.class, map -> map.setNullHandling(EMPTY))
          .addModule(missingFigures())
          .build();

  private Json() {}

  private static SimpleModule missingFigures() {
    return new SimpleModule("missing figures")
        .addSerializer(double.class, new FigureWriter())
        .addSerializer(Double.class, new FigureWriter())
        .addDeserializer(double.class, new FigureReader())
        .addDeserializer(Double.class, new FigureReader());
  }

  private static final class FigureWriter extends ValueSerializer<Double> {
    @Override
    public void serialize(Double figure, JsonGenerator json, SerializationContext context) {
      if (Double.isFinite(figure)) {
        json.writeNumber(figure);
      } else {
        json.writeNull();
      }
    }
  }

  private static final class FigureReader extends ValueDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) {
      return json.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
