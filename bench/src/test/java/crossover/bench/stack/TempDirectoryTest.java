package crossover.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TempDirectoryTest {
  @TempDir private Path temp;

  /** Such as that of a Tomcat whose application is a folder of the user's. */
  @Test
  void whatAFolderLinksToStaysWhenItIsRemoved() throws Exception {
    Path webapp = Files.createDirectories(temp.resolve("webapp/WEB-INF"));
    Path folder = Files.createDirectories(temp.resolve("folder/webapps"));
    Files.createSymbolicLink(folder.resolve("ROOT"), webapp.getParent());
    Files.createSymbolicLink(folder.resolve("gone"), temp.resolve("nowhere"));
    Files.writeString(folder.resolve("file"), "text");

    TempDirectory.delete(folder.getParent());
    TempDirectory.delete(folder.getParent());

    assertThat(folder.getParent()).doesNotExist();
    assertThat(webapp).exists();
  }

  /** Such as "café" of an archive in Latin-1, or any that is not ASCII in the POSIX locale. */
  @Test
  void aNameThatTheLocaleCannotHoldIsRemovedToo() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("folder"));
    String make = "name=$(printf 'caf\\351'); mkdir \"$1/$name\" && touch \"$1/$name/$name\"";
    assertThat(Tools.succeeds(List.of("/bin/sh", "-c", make, "sh", folder.toString()))).isTrue();

    TempDirectory.delete(folder);

    assertThat(folder).doesNotExist();
  }
}
