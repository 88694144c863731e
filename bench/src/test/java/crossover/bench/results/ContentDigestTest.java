package crossover.bench.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {
  @TempDir private Path folder;

  @Test
  void anotherBuildOfTheSameReleaseSaysTheSame() throws IOException {
    String first = ContentDigest.ofWar(war("first", "2026-01-01T00:00:00Z", "monday", "hello"));
    String again = ContentDigest.ofWar(war("again", "2026-01-02T00:00:00Z", "tuesday", "hello"));
    String other = ContentDigest.ofWar(war("other", "2026-01-01T00:00:00Z", "monday", "hallo"));

    assertThat(first).matches("[0-9a-f]{16}").isEqualTo(again).isNotEqualTo(other);
  }

  @Test
  void whatIsNoZipCountsAsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("abc.war"), "abc");

    // The example of FIPS 180-2.
    assertThat(ContentDigest.ofWar(file)).isEqualTo("ba7816bf8f01cfea");
    assertThat(ContentDigest.of("abc")).isEqualTo("ba7816bf8f01cfea");
    assertThat(ContentDigest.of(folder.resolve("missing"))).isEqualTo("unknown");
  }

  @Test
  void aLinkToAFolderIsThatFolder() throws IOException {
    Path release = Files.createDirectories(folder.resolve("release/WEB-INF")).getParent();
    String empty = ContentDigest.ofWar(release);
    Files.writeString(release.resolve("WEB-INF/web.xml"), "<web-app/>");
    Path link = Files.createSymbolicLink(folder.resolve("current"), release);

    assertThat(ContentDigest.ofWar(link)).isEqualTo(ContentDigest.ofWar(release));
    assertThat(ContentDigest.ofWar(link)).isNotEqualTo(empty);
  }

  private Path war(String name, String time, String manifest, String page) throws IOException {
    Path file = folder.resolve(name + ".war");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String[] entry : new String[][] {{"META-INF/MANIFEST.MF", manifest}, {"a.jsp", page}}) {
        zip.putNextEntry(
            new ZipEntry(entry[0]).setLastModifiedTime(FileTime.from(Instant.parse(time))));
        zip.write(entry[1].getBytes(UTF_8));
      }
    }
    return file;
  }
}
