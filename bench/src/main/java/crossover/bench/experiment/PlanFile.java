package crossover.bench.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A plan as its file has it: a {@code hashTree} holds each element and then the {@code hashTree} of
 * what is below it.
 */
public record PlanFile(Path file, List<Element> elements) {
  /** The property of a file that a request sends; it may have several. */
  private static final String FILE = "File.path";

  /**
   * One element.
   *
   * @param type its tag: the class, or JMeter's alias for it
   * @param properties those that are plain texts, by name, and the files that it sends
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

    public List<String> sentFiles() {
      return text(FILE).lines().toList();
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
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      xml.nextTag();
      if (!xml.getLocalName().equals("jmeterTestPlan")) {
        throw refusal(file, "is no JMeter plan: it begins with <" + xml.getLocalName() + ">");
      }
      List<Element> elements = List.of();
      while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
        elements = tree(xml);
      }
      return new PlanFile(file, elements);
    } catch (XMLStreamException e) {
      throw refusal(
          file,
          "is no XML from line "
              + e.getLocation().getLineNumber()
              + " on: "
              + e.getMessage().replaceAll("(?s).*Message: ", "")
              + " Save it in JMeter again.");
    }
  }

  private static List<Element> tree(XMLStreamReader xml) throws XMLStreamException {
    List<Element> level = new ArrayList<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      if (xml.getLocalName().equals("hashTree")) {
        List<Element> below = tree(xml);
        if (!level.isEmpty()) {
          level.get(level.size() - 1).children().addAll(below);
        }
      } else {
        level.add(element(xml));
      }
    }
    return level;
  }

  private static Element element(XMLStreamReader xml) throws XMLStreamException {
    String name = xml.getAttributeValue(null, "testname");
    Element element =
        new Element(
            xml.getLocalName(),
            name == null ? xml.getLocalName() : name,
            !"false".equals(xml.getAttributeValue(null, "enabled")),
            new TreeMap<>(),
            new ArrayList<>());
    int depth = 1;
    String property = null;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          property = xml.getAttributeValue(null, "name");
          property = depth == 2 || FILE.equals(property) ? property : null;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          property = null;
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

  /** A path in the plan, which may be relative to it; null when it is none before the plan runs. */
  public Path resolve(String path) {
    return path.isBlank() || path.contains("${")
        ? null
        : file.toAbsolutePath().resolveSibling(path.trim());
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
