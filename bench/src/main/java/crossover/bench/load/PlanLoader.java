package crossover.bench.load;

import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.mapper.CannotResolveClassException;
import java.io.File;
import java.io.IOException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jmeter.util.NameUpdater;
import org.apache.jorphan.collections.HashTree;
import org.xml.sax.InputSource;

/** JMeter's own loader of plans; {@link PlanCheck} has it in a class loader of its own. */
public final class PlanLoader {
  private static final String PLUGIN =
      ": name the folder of its plugin's jars by --plugins DIR, or replace the element";

  private static final String NAMES =
      "concat(PATH/ancestor-or-self::*[parent::hashTree][1]/@testname,"
          + " ' (', name(PATH/ancestor-or-self::*[parent::hashTree][1]), '), ',"
          + " (PATH/ancestor-or-self::*/@name | PATH/ancestor-or-self::*/name)[last()])";

  private PlanLoader() {}

  /** What the loader needs of a JMeter that is not started. */
  public static void prepare(File jmeter) {
    JMeterUtils.setJMeterHome(jmeter.getPath());
    JMeterUtils.loadJMeterProperties(new File(jmeter, "bin/jmeter.properties").getPath());
    JMeterUtils.initLocale(); // old plans have names of constants in it
  }

  /** The class of a tag: by its alias, and what that is called today. */
  public static String type(String tag) {
    return NameUpdater.getCurrentName(SaveService.aliasToClass(tag));
  }

  /**
   * Loads a plan.
   *
   * @throws IOException that tells in one line where in the file JMeter found which fault
   */
  public static HashTree load(File file) throws IOException {
    try {
      return SaveService.loadTree(file);
    } catch (IllegalArgumentException e) {
      Throwable cause = ExceptionUtils.getRootCause(e);
      String reason = ExceptionUtils.getMessage(cause).lines().findFirst().orElse("");
      if (cause instanceof CannotResolveClassException) {
        reason = "JMeter has no class " + cause.getMessage() + PLUGIN;
      }
      String where = e.getCause() instanceof ConversionException fault ? where(file, fault) : "";
      throw new IOException(file + " cannot be loaded: " + where + reason, e);
    }
  }

  /** The line, and the element and its property as far as they are known. */
  private static String where(File file, ConversionException fault) {
    String line = "line " + fault.get("line number") + ": ";
    // XStream's path is an XPath, which leaves out that a node is the first of its kind.
    String path = fault.get("path").replaceAll("(?<=[^/\\]])(?=/|$)", "[1]");
    try {
      InputSource source = new InputSource(file.toURI().toString());
      String found =
          XPathFactory.newInstance().newXPath().evaluate(NAMES.replace("PATH", path), source);
      return found.startsWith(" (") ? line : line + found.replaceFirst(", $", "") + ": ";
    } catch (XPathExpressionException e) {
      return line;
    }
  }
}
