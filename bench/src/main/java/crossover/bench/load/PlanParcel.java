package crossover.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import crossover.bench.experiment.PlanFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.commons.codec.digest.DigestUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A plan with the files that it names, made ready for another machine, where each keeps its name in
 * a folder that its content gives the name. What the users of one machine would share line by line
 * is dealt out to the engines line by line; each gets the whole of what every user reads alone.
 */
final class PlanParcel {
  private final String folder;
  private final int number;
  private final int engines;
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  private PlanParcel(String folder, int number, int engines) {
    this.folder = folder;
    this.number = number;
    this.engines = engines;
  }

  /**
   * Packs the plan of an engine's part of a slice.
   *
   * @param folder where the files will be on its machine
   * @param number of the engine, from 0 on
   * @param engines how many there are
   */
  static SliceSampler.Order pack(Traffic part, String folder, int number, int engines)
      throws IOException {
    PlanParcel parcel = new PlanParcel(folder, number, engines);
    String plan = parcel.add(PlanFile.read(Path.of(part.plan())));
    return new SliceSampler.Order(part.withPlan(plan), parcel.files);
  }

  // The JDK's parser and writer: JMeter brings others along.
  private String add(PlanFile plan) throws IOException {
    try {
      Document xml =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(plan.file().toFile());
      // A module runs where it is named, also if it is disabled, and any element may be one.
      boolean modules =
          below(xml.getDocumentElement())
              .anyMatch(element -> element.getTagName().endsWith("ModuleController"));
      pack(plan, xml.getDocumentElement(), modules);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TransformerFactory.newDefaultInstance()
          .newTransformer()
          .transform(new DOMSource(xml), new StreamResult(out));
      return add(plan.file(), out.toByteArray());
    } catch (ParserConfigurationException | SAXException | TransformerException e) {
      throw new IOException(plan.file() + " cannot be packed: " + e.getMessage(), e);
    }
  }

  /** Of the elements of a tree each may be followed by the tree of what is below it. */
  private void pack(PlanFile plan, Element tree, boolean disabledToo) throws IOException {
    boolean enabled = true;
    for (Node node = tree.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && !element.getTagName().equals("hashTree")) {
        enabled =
            disabledToo
                || !element.hasAttribute("enabled")
                || Boolean.parseBoolean(element.getAttribute("enabled"));
        if (enabled) {
          packFiles(plan, element);
        }
      } else if (node instanceof Element below && enabled) {
        pack(plan, below, disabledToo);
      }
    }
  }

  private void packFiles(PlanFile plan, Element element) throws IOException {
    for (Element property : below(element).toList()) {
      String name = property.getAttribute("name");
      Path needed = plan.needed(element.getTagName(), name, property.getTextContent());
      if (needed != null && Files.isRegularFile(needed)) {
        property.setTextContent(
            name.equals(PlanFile.INCLUDED)
                ? add(plan.included(needed))
                : add(needed, content(element, needed)));
      }
    }
  }

  private static Stream<Element> below(Element element) {
    NodeList all = element.getElementsByTagName("*");
    return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i));
  }

  private static String text(Element element, String property) {
    return below(element)
        .filter(candidate -> candidate.getAttribute("name").equals(property))
        .findFirst()
        .map(Node::getTextContent)
        .orElse("");
  }

  private byte[] content(Element element, Path needed) throws IOException {
    byte[] content = Files.readAllBytes(needed);
    boolean shared =
        element.getTagName().endsWith("CSVDataSet")
            && !text(element, "shareMode").endsWith(".thread");
    return shared && engines > 1 ? dealt(element, content) : content;
  }

  /** The lines of this engine, below the heading if there is one; all where there are too few. */
  private byte[] dealt(Element element, byte[] content) {
    boolean ignoresFirst = Boolean.parseBoolean(text(element, "ignoreFirstLine"));
    boolean heading = text(element, "variableNames").isBlank() || ignoresFirst;
    // Bytes as they are: line ends look the same in every character set that JMeter splits by.
    List<String> lines = new String(content, ISO_8859_1).lines().toList();
    int first = heading ? 1 : 0;
    boolean wide = text(element, "fileEncoding").startsWith("UTF-16");
    boolean quoted = Boolean.parseBoolean(text(element, "quotedData"));
    if (wide || quoted || lines.size() - first < engines) {
      return content;
    }
    return IntStream.range(0, lines.size())
        .filter(i -> i < first || (i - first) % engines == number)
        .mapToObj(i -> lines.get(i) + "\n")
        .collect(Collectors.joining())
        .getBytes(ISO_8859_1);
  }

  /** Under its own name, which a request that sends it tells. */
  private String add(Path file, byte[] content) {
    BigInteger hash = new BigInteger(1, DigestUtils.sha256(content));
    String name = hash.toString(Character.MAX_RADIX) + "/" + file.getFileName();
    files.put(name, content);
    return folder + "/" + name;
  }
}
