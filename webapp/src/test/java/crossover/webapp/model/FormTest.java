package crossover.webapp.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {
  private static Form.Field text(String body) {
    return Form.parse(body.getBytes(ISO_8859_1)).field("text");
  }

  @ParameterizedTest
  @CsvSource({
    "text=a+b%20c, a b c",
    "text=%C3%A9%e2%82%ac, é€",
    "te%78t=a, a",
    "x=1&text=a&text=b, a",
    "&&text=a&, a",
    "text=a=b, a=b",
    "text=%2B%26%3D%25, +&=%",
  })
  void aFieldIsDecoded(String body, String value) {
    assertThat(text(body)).isEqualTo(new Form.Field(value, false));
  }

  @Test
  void aMissingFieldAndAnEmptyOneAreEmpty() {
    for (String body : new String[] {"", "text", "text=", "other=a", "=a"}) {
      assertThat(text(body)).isEqualTo(new Form.Field("", false));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text=a%, a%",
    "text=a%4, a%4",
    "text=a%4g, a%4g",
    "text=a%+1, a% 1",
    "text=a%C3, a\ufffd",
    "text=%FF, \ufffd",
    "text=%C0%80, \ufffd\ufffd"
  })
  void whatIsMalformedIsSaidSo(String body, String readable) {
    assertThat(text(body)).isEqualTo(new Form.Field(readable, true));
  }

  @Test
  void anUnreadableFieldLeavesItsNeighbourReadable() {
    Form form = Form.parse("definition=%zz&text=fine".getBytes(ISO_8859_1));
    assertThat(form.field("text")).isEqualTo(new Form.Field("fine", false));
    assertThat(form.field("definition").malformed()).isTrue();
  }
}
