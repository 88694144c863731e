package crossover.bench.experiment;

import static crossover.bench.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A plan as its file has it: a {@code hashTree} holds each element and then the {@code hashTree} of
 * what is below it.
 *
 * @param base the folder of the plan that is run, of which this may be an included part
 */
public record PlanFile(Path file, Path base, List<Element> elements) {
  /** The property of an Include Controller that names the other plan. */
  public static final String INCLUDED = "IncludeController.includepath";

  /** The property of a Module Controller that names another one: the names on the way to it. */
  public static final String MODULE = "ModuleController.node_path";

  /** Names the runner's working folder to a process that has another. */
  public static final String WORKING_FOLDER = "crossover.working.folder";

  /** The property of a file that a request sends; it may have several. */
  private static final String FILE = "File.path";

  private static final Pattern SCRIPT = Pattern.compile("(.*\\.)?(JSR223|BeanShell|BSF)\\w+");
  private static final Pattern CSV = Pattern.compile("(.*\\.)?CSVDataSet");

  /**
   * One element.
   *
   * @param type its tag: the class, or JMeter's alias for it
   * @param properties those that are plain texts, by name, the files that it sends, and the path to
   *     a module
   */
  public record Element(
      String type,
      String name,
      boolean enabled,
      Map<String, String> properties,
      List<Element> children) {

    public String text(String property) {
      return properties.getOrDefault(property, "");
    }

    public boolean is(String property) {
      return Boolean.parseBoolean(text(property));
    }
  }

  /**
   * Reads a file.
   *
   * @throws UsageException when it is no plan
   */
  public static PlanFile read(Path file) throws IOException {
    return read(file, file.toAbsolutePath().getParent());
  }

  /** Reads a file that this plan includes. */
  public PlanFile included(Path other) throws IOException {
    return read(other, base);
  }

  private static PlanFile read(Path file, Path base) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    byte[] content = Files.readAllBytes(file);
    String text = new String(content, UTF_8);
    try {
      XMLStreamReader xml =
          factory.createXMLStreamReader(new StringReader(text.replaceFirst("^\ufeff", "")));
      String own = Keys.orElse(xml.getCharacterEncodingScheme(), "UTF-8");
      if (!isUtf8(content, text, own)) {
        throw refusal(file, "is in " + own + ", and JMeter reads UTF-8 alone: save it as UTF-8.");
      }
      while (xml.next() != XMLStreamConstants.START_ELEMENT) {
        // A DOCTYPE, a comment.
      }
      if (!xml.getLocalName().equals("jmeterTestPlan")) {
        throw refusal(file, "is no JMeter plan: it begins with <" + xml.getLocalName() + ">");
      }
      if (xml.nextTag() != XMLStreamConstants.START_ELEMENT || !isTree(xml)) {
        throw malformed(xml, "a <hashTree> must be here.");
      }
      List<Element> elements = tree(xml);
      xml.nextTag();
      return new PlanFile(file, base, elements);
    } catch (XMLStreamException e) {
      if (text.indexOf('\0') >= 0) {
        throw refusal(file, "is in UTF-16 or no text, and JMeter reads UTF-8: save it as UTF-8.");
      }
      if (e.getLocation() == null) {
        throw refusal(file, "cannot be read: " + e.getMessage());
      }
      throw refusal(
          file,
          format(
              "cannot be read from line %d on: %s Save it in JMeter again.",
              e.getLocation().getLineNumber(), e.getMessage().replaceAll("(?s).*Message: ", "")));
    }
  }

  /** Whether the text is the same in UTF-8 as in its own encoding, which Java may not know. */
  private static boolean isUtf8(byte[] content, String text, String own) {
    try {
      return new String(content, Charset.forName(own)).equals(text);
    } catch (IllegalArgumentException e) {
      return text.indexOf('\ufffd') < 0;
    }
  }

  private static boolean isTree(XMLStreamReader xml) {
    return xml.getLocalName().equals("hashTree");
  }

  private static XMLStreamException malformed(XMLStreamReader xml, String why) {
    return new XMLStreamException(why, xml.getLocation());
  }

  private static List<Element> tree(XMLStreamReader xml) throws XMLStreamException {
    List<Element> level = new ArrayList<>();
    boolean element = false;
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      if (element != isTree(xml)) {
        throw malformed(xml, "JMeter reads an element, its <hashTree>, and so on in turn.");
      }
      if (element) {
        level.get(level.size() - 1).children().addAll(tree(xml));
      } else {
        level.add(element(xml));
      }
      element = !element;
    }
    return level;
  }

  private static Element element(XMLStreamReader xml) throws XMLStreamException {
    if (xml.getAttributeValue(null, "guiclass") == null) {
      throw malformed(xml, "<" + xml.getLocalName() + "> has no guiclass, and JMeter needs one.");
    }
    String name = xml.getAttributeValue(null, "testname");
    Element element =
        new Element(
            xml.getLocalName(),
            name == null ? xml.getLocalName() : name,
            Boolean.parseBoolean(Keys.orElse(xml.getAttributeValue(null, "enabled"), "true")),
            new TreeMap<>(),
            new ArrayList<>());
    int depth = 1;
    String property = null;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          String own = xml.getAttributeValue(null, "name");
          boolean listed = MODULE.equals(property);
          property = depth == 2 || FILE.equals(own) ? own : listed ? MODULE : null;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          property = depth == 2 && MODULE.equals(property) ? MODULE : null;
        }
        case XMLStreamConstants.CHARACTERS -> {
          if (property != null) {
            element.properties().merge(property, xml.getText(), (one, next) -> one + "\n" + next);
          }
        }
        default -> {}
      }
    }
    return element;
  }

  /** The element that a Module Controller names, as JMeter finds it: of several the last one. */
  public Optional<Element> module(Element controller) {
    List<String> names = controller.text(MODULE).lines().filter(name -> !name.isBlank()).toList();
    return find(elements, names.subList(Math.min(1, names.size()), names.size()));
  }

  private static Optional<Element> find(List<Element> level, List<String> names) {
    return level.stream()
        .filter(element -> !names.isEmpty() && element.name().equals(names.get(0)))
        .filter(element -> !element.type().endsWith("ModuleController"))
        .flatMap(
            element ->
                names.size() == 1
                    ? Stream.of(element)
                    : find(element.children(), names.subList(1, names.size())).stream())
        .reduce((one, next) -> next);
  }

  /** What JMeter takes of it where another plan includes it: its first Test Fragment. */
  public Optional<List<Element>> fragment() {
    return elements.stream()
        .flatMap(root -> Stream.concat(Stream.of(root), root.children().stream()))
        .filter(element -> element.type().endsWith("TestFragmentController"))
        .findFirst()
        .map(Element::children);
  }

  /**
   * The file that an element reads, where JMeter looks for it: a script in the working folder, all
   * else there and then in the plan's folder. Null when the property names none, or only the
   * running plan knows which.
   */
  public Path needed(String type, String property, String value) {
    boolean script = SCRIPT.matcher(type).matches() && property.matches("(\\w+\\.)?filename");
    boolean data = CSV.matcher(type).matches() && property.equals("filename");
    boolean named = script || data || property.equals(FILE) || property.equals(INCLUDED);
    if (!named || value.isBlank() || value.contains("${")) {
      return null;
    }
    Path working = Path.of(System.getProperty(WORKING_FOLDER, "")).toAbsolutePath();
    Path here = working.resolve(value.trim());
    return script || Files.exists(here) ? here : base.resolve(value.trim());
  }

  public UsageException refuse(String why) {
    return refusal(file, why);
  }

  public UsageException refuse(Element element, String type, String why) {
    return refusal(file, "cannot be measured: \"" + element.name() + "\" (" + type + ") " + why);
  }

  private static UsageException refusal(Path file, String why) {
    return new UsageException(file + " " + why);
  }
}
