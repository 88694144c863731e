package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jmeter.testelement.TestElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a pause, and what of it is taken out. */
class ScriptSleepTest {
  private static final class JSR223Script extends AbstractTestElement {}

  private static final class Request extends AbstractTestElement {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Thread.sleep(400);|;",
        "long t = 5; Thread.sleep(t); vars.put('a', 'b')|long t = 5; ; vars.put('a', 'b')",
        "if (slow) { Thread.sleep(5) }|if (slow) {  }"
      })
  void aStatementThatOnlySleepsIsTakenOut(String script, String rest) throws IOException {
    TestElement element = script(script);

    assertThat(ScriptSleep.in(element)).isTrue();
    ScriptSleep.remove(element);
    assertThat(element.getPropertyAsString("script")).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thread.currentThread().sleep(1000)",
        "if (slow) Thread.sleep(5)",
        "Thread.sleep(5, 0)",
        "Thread.sleep(next())",
        "TimeUnit.valueOf('SECONDS').sleep(2)",
        "def sleep(ms) { Thread.sleep(ms + 1) }",
        "sleep(500) { true }",
        "vars.put('state', 'sleep mode')"
      })
  void whatMayBeMoreStaysAsItIs(String script) throws IOException {
    TestElement element = script(script);

    assertThat(ScriptSleep.in(element)).isTrue();
    ScriptSleep.remove(element);
    assertThat(element.getPropertyAsString("script")).isEqualTo(script);
  }

  @Test
  void noOtherTextIsAScript() throws IOException {
    TestElement request = new Request();
    request.setProperty("HTTPSampler.path", "/sleep(1)?t=${__time()}");

    assertThat(ScriptSleep.in(request)).isFalse();
    assertThat(ScriptSleep.in(script("vars.put('asleep', '1')"))).isFalse();
    assertThat(ScriptSleep.in(script("def sleepTime = 5; log.info(sleep_ms)"))).isFalse();
  }

  private static TestElement script(String text) {
    TestElement element = new JSR223Script();
    element.setProperty("script", text);
    return element;
  }
}
