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

  private static final Set<String> NO_SCRIPTS = Set.of(TestElement.NAME, TestElement.COMMENTS);

  private ScriptSleep() {}

  /**
   * Whether a script or a function of an element has its user sleep.
   *
   * @param may whether it may; if not, its own scripts, but not those in files, no longer do
   */
  static boolean in(TestElement element, boolean may) throws IOException {
    boolean sleeps = false;
    for (PropertyIterator all = element.propertyIterator(); all.hasNext(); ) {
      JMeterProperty property = all.next();
      if (property instanceof StringProperty && !NO_SCRIPTS.contains(property.getName())) {
        String text = property.getStringValue();
        Matcher call = CALL.matcher(text);
        sleeps |= call.find() || CALL.matcher(file(element, property)).find();
        property.setObjectValue(may ? text : call.replaceAll("String.valueOf"));
      }
    }
    return sleeps;
  }

  private static String file(TestElement element, JMeterProperty property) throws IOException {
    boolean script =
        property.getName().endsWith("filename")
            && element.getClass().getSimpleName().matches("(JSR223|BeanShell).*");
    Path file = script ? Path.of(property.getStringValue()) : Path.of("");
    return script && Files.isRegularFile(file) ? Files.readString(file, ISO_8859_1) : "";
  }
}
