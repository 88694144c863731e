package crossover.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.property.JMeterProperty;
import org.apache.jmeter.testelement.property.PropertyIterator;
import org.apache.jmeter.testelement.property.StringProperty;

/** Think times that a plan's scripts make: they call a method of the name sleep. */
final class ScriptSleep {
  private static final Pattern CALL =
      Pattern.compile("([\\w.]+\\.)?\\bsleep\\b(?=\\s*\\(|\\s+\\w)");

  private static final Pattern SCRIPTS = Pattern.compile("(JSR223|BeanShell|BSF).*");

  private static final Set<String> NO_SCRIPTS = Set.of(TestElement.NAME, TestElement.COMMENTS);

  private ScriptSleep() {}

  /**
   * Whether a script or a function of an element has its user sleep.
   *
   * @param may whether it may; if not, its own scripts, but not those in files, no longer do
   */
  static boolean in(TestElement element, boolean may) throws IOException {
    boolean script = SCRIPTS.matcher(element.getClass().getSimpleName()).matches();
    boolean sleeps = false;
    for (PropertyIterator all = element.propertyIterator(); all.hasNext(); ) {
      JMeterProperty property = all.next();
      String text = property.getStringValue();
      if (property instanceof StringProperty
          && !NO_SCRIPTS.contains(property.getName())
          && (script || text.contains("${__"))) {
        Matcher call = CALL.matcher(text);
        sleeps |= call.find() || (script && CALL.matcher(file(property)).find());
        property.setObjectValue(may ? text : call.replaceAll("String.valueOf"));
      }
    }
    return sleeps;
  }

  private static String file(JMeterProperty property) throws IOException {
    Path file = Path.of(property.getName().endsWith("filename") ? property.getStringValue() : "");
    return Files.isRegularFile(file) ? Files.readString(file, ISO_8859_1) : "";
  }
}
