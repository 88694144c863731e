package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServletApiTest {
  private static final String JAKARTA = "<%@ page import=\"jakarta.servlet.http.Cookie\" %>";

  @TempDir private Path temp;

  @Test
  void aWebappOfTheJavaxApiIsFoundAndMigrated() throws Exception {
    Path webapp = webapp("javax");
    assertThat(ServletApi.isJavax(webapp)).isTrue();
    Path migrated = temp.resolve("migrated");
    ServletApi.migrate(webapp, migrated);
    assertThat(ServletApi.isJavax(migrated)).isFalse();
    assertThat(migrated.resolve("WEB-INF/classes/shop/Start.class"))
        .content(ISO_8859_1)
        .contains("jakarta/servlet/ServletContextListener")
        .doesNotContain("javax/servlet");
    assertThat(migrated.resolve("index.html")).content(UTF_8).isEqualTo("shop");
  }

  @Test
  void aFolderIsMigratedElsewhere() throws Exception {
    Path webapp = webapp("javax");
    Path served = new Wars(temp.resolve("wars")).unpacked(webapp);
    assertThat(ServletApi.isJavax(served)).isFalse();
    assertThat(served.resolve("index.html")).exists();
    assertThat(ServletApi.isJavax(webapp)).isTrue();
  }

  /** Its bytes are the same each time: what has not changed is not sent to another machine anew. */
  @Test
  void aWarFileBecomesAnother() throws Exception {
    Path old = war("<%@ page import=\"javax.servlet.http.Cookie\" %>");
    Path migrated = Wars.forJakarta(old, temp.resolve("one"));
    assertThat(migrated).isNotEqualTo(old).hasFileName("jakarta.war");
    assertThat(ServletApi.isJavax(new Wars(temp.resolve("wars")).unpacked(migrated))).isFalse();
    try (ZipFile zip = new ZipFile(migrated.toFile())) {
      assertThat(zip.getInputStream(zip.getEntry("a.jsp"))).hasContent(JAKARTA);
    }
    assertThat(Wars.forJakarta(old, temp.resolve("two"))).hasSameBinaryContentAs(migrated);
    Path current = war(JAKARTA);
    assertThat(Wars.forJakarta(current, temp.resolve("three"))).isEqualTo(current);
  }

  private Path war(String page) throws Exception {
    Path war = temp.resolve("shop.war");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
      zip.putNextEntry(new ZipEntry("a.jsp"));
      zip.write(page.getBytes(UTF_8));
    }
    return war;
  }

  @Test
  void pagesAloneTellWhichApiTheyUse() throws Exception {
    Path pages = Files.createDirectories(temp.resolve("pages/in"));
    Files.writeString(pages.resolve("a.jsp"), "<%@ page import=\"javax.servlet.http.Cookie\" %>");
    assertThat(ServletApi.isJavax(pages.getParent())).isTrue();
  }

  @Test
  void aLibraryThatUsesBothApisTellsNothing() throws Exception {
    Path libraries = Files.createDirectories(temp.resolve("libraries/WEB-INF/lib"));
    Path webapp = temp.resolve("libraries");
    writeLibrary(libraries.resolve("metrics.jar"), "javax/servlet/", "jakarta/servlet/");
    assertThat(ServletApi.isJavax(webapp)).isFalse();
    writeLibrary(libraries.resolve("framework.jar"), "javax/servlet/");
    assertThat(ServletApi.isJavax(webapp)).isTrue();
    writeLibrary(libraries.resolve("other.jar"), "jakarta/servlet/");
    assertThat(ServletApi.isJavax(webapp)).isFalse();
    Files.writeString(libraries.resolve("torn.jar"), "text");
    assertThatThrownBy(() -> ServletApi.isJavax(webapp)).hasMessageStartingWith("torn.jar: ");
  }

  private static void writeLibrary(Path jar, String... uses) throws Exception {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String use : uses) {
        zip.putNextEntry(new ZipEntry(use.replace('/', '_') + ".class"));
        zip.write(use.getBytes(UTF_8));
      }
    }
  }

  @Test
  void aWebappOfTheCurrentApiIsLeftAlone() throws Exception {
    assertThat(ServletApi.isJavax(webapp("jakarta"))).isFalse();
    assertThat(ServletApi.isJavax(Files.createDirectory(temp.resolve("static")))).isFalse();
  }

  private Path webapp(String api) throws Exception {
    Path listener = temp.resolve("ServletContextListener.java");
    Files.writeString(
        listener, "package " + api + ".servlet; public interface ServletContextListener {}");
    Path start = temp.resolve("Start.java");
    Files.writeString(
        start,
        "package shop; class Start implements " + api + ".servlet.ServletContextListener {}");
    Path compiled = temp.resolve("compiled");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null, null, null, "-d", compiled.toString(), listener.toString(), start.toString());
    assertThat(status).isZero();
    Path classes = Files.createDirectories(temp.resolve("webapp/WEB-INF/classes/shop"));
    Files.copy(compiled.resolve("shop/Start.class"), classes.resolve("Start.class"));
    Files.writeString(temp.resolve("webapp/index.html"), "shop");
    return temp.resolve("webapp");
  }
}
