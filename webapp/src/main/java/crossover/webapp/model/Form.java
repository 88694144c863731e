package crossover.webapp.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields of a form in {@code application/x-www-form-urlencoded}, UTF-8 (WHATWG URL, section
 * 5.1), read strictly: what is malformed is remembered as such, to be told by the field. Of a field
 * given twice the first counts.
 */
public final class Form {
  private final Map<String, Field> fields = new HashMap<>();

  /**
   * A value as typed; where malformed, with U+FFFD in place of what cannot be read.
   *
   * @param malformed whether percent-encoding or UTF-8 is wrong
   */
  public record Field(String value, boolean malformed) {
    static final Field MISSING = new Field("", false);
  }

  /** Parses the whole body, never failing. */
  static Form parse(byte[] body) {
    Form form = new Form();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '&') {
        form.add(body, start, i);
        start = i + 1;
      }
    }
    return form;
  }

  /** The field, empty when it is missing. */
  public Field field(String name) {
    return fields.getOrDefault(name, Field.MISSING);
  }

  private void add(byte[] body, int start, int end) {
    int equals = start;
    while (equals < end && body[equals] != '=') {
      equals++;
    }
    String name = decode(body, start, equals).value();
    fields.putIfAbsent(name, decode(body, Math.min(equals + 1, end), end));
  }

  private static Field decode(byte[] body, int start, int end) {
    byte[] out = new byte[end - start];
    int length = 0;
    boolean malformed = false;
    for (int i = start; i < end; i++) {
      byte b = body[i];
      if (b == '%') {
        int high = i + 2 < end ? Character.digit(body[i + 1], 16) : -1;
        int low = i + 2 < end ? Character.digit(body[i + 2], 16) : -1;
        if (high >= 0 && low >= 0) {
          b = (byte) (high << 4 | low);
          i += 2;
        } else {
          malformed = true; // The "%" stays as typed.
        }
      } else if (b == '+') {
        b = ' ';
      }
      out[length++] = b;
    }
    ByteBuffer bytes = ByteBuffer.wrap(out, 0, length);
    try {
      var strict =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      return new Field(strict.decode(bytes.duplicate()).toString(), malformed);
    } catch (CharacterCodingException e) {
      return new Field(StandardCharsets.UTF_8.decode(bytes).toString(), true);
    }
  }
}
