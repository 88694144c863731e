package crossover.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.experiment.PlanFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A plan with the files that it names, made ready for another machine, where they lie in one folder
 * under names that their content gives them. What the users of one machine would share line by line
 * is dealt out to the engines line by line; each gets the whole of what every user reads alone.
 */
final class PlanParcel {
  /** The properties of JMeter's elements that name a file to be read. */
  private static final Set<String> FILES =
      Set.of("filename", "IncludeController.includepath", "File.path", "scriptFile");

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
    String plan = parcel.addPlan(Path.of(part.plan()));
    return new SliceSampler.Order(part.withPlan(plan), parcel.files);
  }

  private String addPlan(Path plan) throws IOException {
    PlanFile file = PlanFile.read(plan);
    String text = Files.readString(plan, UTF_8);
    return add(plan, replaced(text, file, file.elements()).getBytes(UTF_8));
  }

  private String replaced(String plan, PlanFile file, List<PlanFile.Element> level)
      throws IOException {
    String text = plan;
    for (PlanFile.Element element : level) {
      for (String property : FILES) {
        String value = element.text(property);
        Path needed = file.resolve(value);
        if (needed != null && Files.isRegularFile(needed)) {
          text =
              text.replace(">" + escaped(value) + "<", ">" + escaped(add(element, needed)) + "<");
        }
      }
      text = replaced(text, file, element.children());
    }
    return text;
  }

  private String add(PlanFile.Element element, Path needed) throws IOException {
    if (element.type().equals("IncludeController")) {
      return addPlan(needed);
    }
    byte[] content = Files.readAllBytes(needed);
    boolean shared =
        element.type().equals("CSVDataSet") && !element.text("shareMode").endsWith(".thread");
    return add(needed, shared && engines > 1 ? dealt(element, content) : content);
  }

  /** The lines of this engine, below the heading if there is one; all where there are too few. */
  private byte[] dealt(PlanFile.Element element, byte[] content) {
    boolean heading = element.text("variableNames").isBlank() || element.is("ignoreFirstLine");
    // Bytes as they are: line ends look the same in every character set that JMeter splits by.
    List<String> lines = new String(content, ISO_8859_1).lines().toList();
    int first = heading ? 1 : 0;
    boolean wide = element.text("fileEncoding").startsWith("UTF-16");
    if (wide || element.is("quotedData") || lines.size() - first < engines) {
      return content;
    }
    return IntStream.range(0, lines.size())
        .filter(i -> i < first || (i - first) % engines == number)
        .mapToObj(i -> lines.get(i) + "\n")
        .collect(Collectors.joining())
        .getBytes(ISO_8859_1);
  }

  private String add(Path file, byte[] content) {
    String name = digest(content) + "-" + file.getFileName();
    files.put(name, content);
    return folder + "/" + name;
  }

  private static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return new BigInteger(1, hash).toString(Character.MAX_RADIX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
