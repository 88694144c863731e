package crossover.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** PostgreSQL refuses to run as root: a way for those who are root, as in most containers. */
final class Unprivileged {
  private static final int NOBODY = 65534;

  private Unprivileged() {}

  /**
   * The command's beginning under which {@code folder} can be used by a process that is not root.
   */
  static List<String> prefixFor(Path folder) {
    try {
      if (!Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"))) {
        return List.of();
      }
      // Root outside, nobody inside its user namespace: files keep their owner, PostgreSQL is
      // content.
      if (Tools.succeeds(List.of("unshare", "-U", "true"))) {
        return List.of("unshare", "-U");
      }
      // Containers often forbid namespaces. Then really nobody, who needs a folder of his own.
      if (Tools.has("setpriv")) {
        Files.setAttribute(folder, "unix:uid", NOBODY);
        Files.setPosixFilePermissions(
            folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return List.of(); // no POSIX file system: no root either
    }
    throw new StartFailure(
        "PostgreSQL cannot run as root, and neither unshare nor setpriv works here:"
            + " run as another user, or name a running database by --jdbc-url");
  }
}
