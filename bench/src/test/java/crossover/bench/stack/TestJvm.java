package crossover.bench.stack;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;

/** A JVM with a class of the tests, in the place of one that the runner starts. */
public final class TestJvm {
  private TestJvm() {}

  /** Starts the class's main method; the pipe to it is open. */
  public static ChildProcess start(String name, Class<?> main, Path log, Watchdog watchdog) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    return new Launch(name, command).piped().log(log).start(watchdog);
  }

  /** Serves the parent's calls of an interface, in such a JVM. */
  public static <T> void serve(Class<T> calls, InvocationHandler answers) throws IOException {
    Object served = Proxy.newProxyInstance(calls.getClassLoader(), new Class<?>[] {calls}, answers);
    Calls.ofParent().serve(calls, calls.cast(served));
  }
}
