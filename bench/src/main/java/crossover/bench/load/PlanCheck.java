package crossover.bench.load;

import static crossover.bench.text.Text.format;

import crossover.bench.experiment.PlanFile;
import crossover.bench.experiment.UsageException;
import crossover.bench.stack.Installation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Says before anything is started why a plan cannot be measured. */
public final class PlanCheck {
  private static final String THREADS = "org.apache.jmeter.threads.";
  private static final List<String> THREAD_GROUPS =
      List.of(THREADS + "ThreadGroup", THREADS + "SetupThreadGroup", THREADS + "PostThreadGroup");
  private static final String HTTP_SAMPLERS = "org.apache.jmeter.protocol.http.sampler.";
  private static final String CONTROL = "org.apache.jmeter.control.";
  private static final String INCLUDE = CONTROL + "IncludeController";
  private static final String MODULE = CONTROL + "ModuleController";
  private static final String FRAGMENT = CONTROL + "TestFragmentController";
  private static final String CSV = "org.apache.jmeter.config.CSVDataSet";

  /** By folders of jars; never closed, for JMeter leaves hooks to the end of the process. */
  private static final Map<List<Path>, ClassLoader> CLASSES = new ConcurrentHashMap<>();

  private final Set<Path> including = new HashSet<>();
  private final Set<String> modules = new HashSet<>();
  private final ClassLoader classes;
  private final boolean asPlanned;
  private final boolean counted;
  private final int machines;

  private PlanCheck(
      boolean asPlanned, int machines, boolean counted, Path jmeter, Optional<Path> plugins)
      throws IOException {
    this.machines = machines;
    this.asPlanned = asPlanned;
    this.counted = counted;
    List<Path> folders = new ArrayList<>(List.of(jmeter.resolve("lib"), jmeter.resolve("lib/ext")));
    folders.addAll(plugins.stream().toList());
    List<URL> jars = new ArrayList<>();
    jars.add(Installation.codeOf(PlanLoader.class).toUri().toURL());
    for (Path folder : folders) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
        for (Path jar : found) {
          jars.add(jar.toUri().toURL());
        }
      }
    }
    ClassLoader own = ClassLoader.getPlatformClassLoader();
    classes =
        CLASSES.computeIfAbsent(folders, key -> new URLClassLoader(jars.toArray(new URL[0]), own));
    call("prepare", jmeter.toFile());
  }

  /** Calls a method of {@link PlanLoader}. */
  private Object call(String method, Object argument) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return Class.forName(PlanLoader.class.getName(), true, classes)
          .getMethod(method, argument.getClass())
          .invoke(null, argument);
    } catch (ReflectiveOperationException e) {
      throw e.getCause() instanceof IOException fault
          ? new UsageException(fault.getMessage())
          : new IllegalStateException("cannot load " + argument, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Checks plans.
   *
   * @param fewestUsers that they will run with; empty: their own, and all else as they say
   * @param machines how many make the load; each divides its users over the thread groups
   * @param counted whether every server counts its requests, so that it shows who answered
   * @param jmeter the home of a JMeter
   * @param plugins a folder of more jars for it
   * @throws UsageException naming plan, element and class, and what to do
   */
  public static void require(
      List<Path> plans,
      OptionalInt fewestUsers,
      int machines,
      boolean counted,
      Path jmeter,
      Optional<Path> plugins) {
    if (plugins.isPresent() && !Files.isDirectory(plugins.get())) {
      throw new UsageException("--plugins " + plugins.get() + " is no folder");
    }
    try {
      PlanCheck check = new PlanCheck(fewestUsers.isEmpty(), machines, counted, jmeter, plugins);
      for (Path plan : plans) {
        check.require(plan, fewestUsers.orElse(Integer.MAX_VALUE));
      }
    } catch (IOException e) {
      throw new UsageException("cannot read " + e.getMessage());
    }
  }

  private void require(Path plan, int fewestUsers) throws IOException {
    PlanFile file = PlanFile.read(plan);
    Found found = new Found();
    call("load", plan.toFile());
    visit(file, file.elements(), true, found);
    if (file.elements().stream().noneMatch(root -> type(root).endsWith(".TestPlan"))) {
      throw file.refuse("has no Test Plan at its top: save it in JMeter again");
    }
    if (found.groups == 0) {
      throw file.refuse("has no enabled Thread Group: add one, or enable it");
    }
    if (found.samplers == 0) {
      throw file.refuse(
          found.idle == 0
              ? "has no HTTP Request, and only these are measured: add one to its Thread Group"
              : "has no HTTP Request that runs: "
                  + found.idle
                  + " are disabled, or in a Test Fragment that nothing runs; enable one");
    }
    int working = Math.max(1, Math.min(machines, fewestUsers));
    if (found.asking > fewestUsers / working) {
      throw file.refuse(
          format(
              "has %d thread groups, and %d users%s are too few for them: ask for %d or more",
              found.asking,
              fewestUsers,
              working == 1 ? "" : " on " + working + " machines",
              found.asking * Math.max(1, machines)));
    }
    if (found.groups > 1 && found.consecutive && !asPlanned) {
      throw file.refuse(
          "runs its thread groups one after another, and here each runs until the slice ends:"
              + " uncheck \"Run Thread Groups consecutively\" in the Test Plan");
    }
  }

  /** What a plan has, enabled, besides setUp and tearDown. */
  private static final class Found {
    int groups;

    /** Groups that have users, and an HTTP request. */
    int asking;

    int samplers;
    int idle;
    boolean consecutive;
  }

  private void visit(PlanFile file, List<PlanFile.Element> level, boolean enabled, Found found)
      throws IOException {
    for (PlanFile.Element element : level) {
      String type = type(element);
      boolean on = enabled && element.enabled();
      if (type.equals(MODULE) && including.isEmpty()) {
        visitModule(file, element, on, found);
      }
      int before = found.samplers;
      if (on) {
        requireMeasurable(file, element, type, found);
      }
      if (type.startsWith(HTTP_SAMPLERS)) {
        found.samplers += on ? 1 : 0;
        found.idle += on ? 0 : 1;
      }
      boolean besides = type.equals(THREAD_GROUPS.get(1)) || type.equals(THREAD_GROUPS.get(2));
      boolean runs = on && !type.equals(FRAGMENT);
      visit(file, element.children(), runs, besides ? new Found() : found);
      boolean nobody = element.text("ThreadGroup.num_threads").equals("0");
      boolean asks = found.samplers > before && type.equals(THREAD_GROUPS.get(0)) && !nobody;
      found.asking += asks ? 1 : 0;
    }
  }

  /** JMeter looks for the module of a disabled controller, too; a disabled module runs. */
  private void visitModule(PlanFile file, PlanFile.Element controller, boolean on, Found found)
      throws IOException {
    String path = controller.text(PlanFile.MODULE);
    PlanFile.Element module = file.module(controller).orElse(null);
    if (module == null || !modules.add(path)) {
      throw file.refuse(
          controller,
          MODULE,
          (module == null ? "names what is not in the plan: " : "is within what it names: ")
              + (path.isBlank() ? "(empty)" : path.strip().replaceAll("\\s*\n\\s*", " > "))
              + ". Choose its module again");
    }
    if (on) {
      requireMeasurable(file, module, type(module), found);
      visit(file, module.children(), true, found);
    }
    modules.remove(path);
  }

  private String type(PlanFile.Element element) {
    return (String) call("type", element.type());
  }

  private void requireMeasurable(PlanFile file, PlanFile.Element element, String type, Found found)
      throws IOException {
    requireFiles(file, element, type);
    if (type.equals(THREADS + "ThreadGroup")) {
      found.groups++;
    } else if (type.endsWith("ThreadGroup") && !THREAD_GROUPS.contains(type)) {
      throw file.refuse(
          element,
          type,
          "has a schedule of its own, and here the experiment says how many users there are:"
              + " replace it by a Thread Group");
    } else if (element.is("TestPlan.serialize_threadgroups")) {
      found.consecutive = true;
    } else if (type.equals(INCLUDE)) {
      Path included = file.needed(type, PlanFile.INCLUDED, element.text(PlanFile.INCLUDED));
      if (included != null) {
        if (!including.add(included.toRealPath())) {
          throw file.refuse(element, type, "includes " + included + ", which includes itself");
        }
        PlanFile other = file.included(included);
        call("load", included.toFile());
        visit(other, other.elements(), false, new Found());
        String none = "includes " + included + ", which has no Test Fragment: put its parts there";
        var fragment = other.fragment().orElseThrow(() -> file.refuse(element, type, none));
        visit(other, fragment, true, found);
        including.remove(included.toRealPath());
      }
    } else if (type.equals(CSV)
        && element.is("stopThread")
        && !element.is("recycle")
        && !asPlanned) {
      throw file.refuse(
          element,
          type,
          "stops its users at the end of the file, and here they work until the slice ends:"
              + " set \"Recycle on EOF\" to True, or \"Stop thread on EOF\" to False");
    }
    Stream.of(element.text("TestPlan.user_define_classpath").split(",", -1))
        .filter(path -> !path.isBlank() && !Files.exists(Path.of(path)))
        .map(path -> file.file() + " adds " + path + " to the class path, which is not there.")
        .forEach(System.err::println); // JMeter goes on without it
    String proxy = element.text("HTTPSampler.proxyHost").trim();
    if (!counted && !proxy.isEmpty() && !proxy.contains("${")) {
      throw file.refuse(
          element,
          type,
          "sends its requests to the proxy "
              + proxy
              + ", and not every arm's server counts what reaches it: remove the proxy");
    }
  }

  private static void requireFiles(PlanFile file, PlanFile.Element element, String type) {
    for (Map.Entry<String, String> property : element.properties().entrySet()) {
      for (String value : property.getValue().lines().toList()) {
        Path needed = file.needed(type, property.getKey(), value);
        if (needed != null && !Files.isReadable(needed)) {
          throw file.refuse(element, type, "needs a file that is not there: " + needed);
        }
      }
    }
  }
}
