package crossover.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.jmeter.testelement.TestElement;

/** Think times that a plan's scripts make: they call a method of the name sleep. */
final class ScriptSleep {
  private static final Pattern SCRIPTS = Pattern.compile("(JSR223|BeanShell|BSF).*");
  private static final Pattern MAYBE = Pattern.compile("\\bsleep(\\s*\\(|\\s+\\w)");

  /** With one argument that calls nothing, as a statement. */
  private static final Pattern CALL =
      Pattern.compile("(?m)(^|[;{}])(\\s*)Thread\\.sleep\\s*\\([\\w.]+\\)(?=\\s*(;|}|$))");

  private ScriptSleep() {}

  /** Whether the element is a script that may have its user sleep. */
  static boolean in(TestElement element) throws IOException {
    if (!SCRIPTS.matcher(element.getClass().getSimpleName()).matches()) {
      return false;
    }
    String name = element.getPropertyAsString("filename");
    Path file =
        Path.of(name.isEmpty() ? element.getPropertyAsString("BeanShellSampler.filename") : name);
    String other = Files.isRegularFile(file) ? Files.readString(file, ISO_8859_1) : "";
    return MAYBE.matcher(element.getPropertyAsString("script")).find()
        || MAYBE.matcher(element.getPropertyAsString("BeanShellSampler.query")).find()
        || MAYBE.matcher(other).find();
  }

  /** Takes out of the element's own script what surely is no more than a pause. */
  static void remove(TestElement element) {
    for (String property : new String[] {"script", "BeanShellSampler.query"}) {
      String script = element.getPropertyAsString(property);
      if (!script.isEmpty()) {
        element.setProperty(property, CALL.matcher(script).replaceAll("$1$2"));
      }
    }
  }
}
