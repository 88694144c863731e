package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarsTest {
  @TempDir private Path temp;

  /** A ZipOutputStream takes each name once: these are made one afterwards. */
  @Test
  void ofEntriesOfOneNameTheLastOneStaysAsInTomcatAndOddNamesAreKept() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("page-1.html", "page-2.html", "/a//c d%20.html", "é.html")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(ISO_8859_1));
      }
    }
    String twice = bytes.toString(ISO_8859_1).replaceAll("page-[12]", "page-0");
    Path war = Files.write(temp.resolve("twice.war"), twice.getBytes(ISO_8859_1));

    Path webapp = new Wars(temp.resolve("wars")).unpacked(war);
    assertThat(webapp.resolve("page-0.html")).hasContent("page-2.html");
    assertThat(webapp.resolve("a/c d%20.html")).exists();
    assertThat(webapp.toFile().list()).hasSize(3);
  }
}
