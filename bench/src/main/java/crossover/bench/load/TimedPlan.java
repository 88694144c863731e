package crossover.bench.load;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.config.CSVDataSet;
import org.apache.jmeter.config.ConfigTestElement;
import org.apache.jmeter.control.CriticalSectionController;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.control.ReplaceableController;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.exceptions.IllegalUserActionException;
import org.apache.jmeter.gui.tree.JMeterTreeModel;
import org.apache.jmeter.gui.tree.JMeterTreeNode;
import org.apache.jmeter.protocol.http.sampler.HTTPSamplerBase;
import org.apache.jmeter.reporters.ResultCollector;
import org.apache.jmeter.reporters.ResultSaver;
import org.apache.jmeter.reporters.Summariser;
import org.apache.jmeter.sampler.TestAction;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.services.FileServer;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.testelement.property.PropertyIterator;
import org.apache.jmeter.threads.PostThreadGroup;
import org.apache.jmeter.threads.SetupThreadGroup;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jmeter.timers.SyncTimer;
import org.apache.jmeter.timers.Timer;
import org.apache.jmeter.visualizers.backend.BackendListener;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.ListedHashTree;
import org.apache.jorphan.collections.SearchByClass;

/** A stock plan from its file, made ready in memory to be measured. */
final class TimedPlan {
  private static final Map<String, ClassLoader> CLASSES = new ConcurrentHashMap<>();

  /** A function that may count, or read on, with each call, and so has to stay a single one. */
  private static final Pattern COUNTING = Pattern.compile("\\$\\{__(?!(P|property)\\()");

  private final Traffic traffic;
  private final RequestTimer timer;
  private final List<ThreadGroup> groups = new ArrayList<>();
  private final List<ThreadGroup> others = new ArrayList<>();
  private boolean mergesDefaults;
  private boolean requests;
  private boolean endless;

  private TimedPlan(Traffic traffic, RequestTimer timer) {
    this.traffic = traffic;
    this.timer = timer;
  }

  /**
   * Reads the plan of {@code traffic}.
   *
   * @throws IOException when it cannot be read, or is none that can be measured
   */
  static HashTree read(Traffic traffic, RequestTimer timer, UserGroups users) throws IOException {
    HashTree stock = asJMeterStartsIt(new File(traffic.plan()));
    HashTree timed = new ListedHashTree();
    TimedPlan plan = new TimedPlan(traffic, timer);
    new PlanVariables(traffic.filledProperties()).replaceIn(stock);
    for (TestPlan root : found(stock, TestPlan.class)) {
      addClasses(root);
    }
    plan.mergesDefaults =
        found(stock, ConfigTestElement.class).stream().noneMatch(TimedPlan::preventsMerging);
    plan.copy(stock, timed, List.of(), false);
    if (plan.groups.isEmpty() || !plan.requests) {
      throw new IOException(traffic.plan() + " has no HTTP Request in a Thread Group");
    }
    users.of(plan.groups, plan.others, plan.endless);
    timed.add(timed.getArray()[0], users);
    return timed;
  }

  /** What JMeter does with a file before it runs it without a window (JMeter.runNonGui). */
  private static HashTree asJMeterStartsIt(File file) throws IOException {
    setBase(file);
    HashTree tree = PlanLoader.load(file);
    try {
      @SuppressWarnings("deprecation") // the constructor for use without a window
      JMeterTreeModel model = new JMeterTreeModel(new Object());
      JMeterTreeNode root = (JMeterTreeNode) model.getRoot();
      model.addSubTree(tree, root);
      found(tree, ReplaceableController.class)
          .forEach(replaceable -> replaceable.resolveReplacementSubTree(root));
    } catch (IllegalUserActionException e) {
      throw new IOException(file + " is no test plan: " + e.getMessage(), e);
    }
    return JMeter.convertSubTree(tree, true);
  }

  /** JMeter's launcher, which is not here, would add a plan's jars; scripts ask their thread. */
  private static void addClasses(TestPlan plan) throws IOException {
    List<URL> added = new ArrayList<>();
    for (String path : plan.getTestPlanClasspathArray()) {
      added.add(new File(path).toURI().toURL());
    }
    plan.setTestPlanClasspath("");
    Thread.currentThread()
        .setContextClassLoader(
            CLASSES.computeIfAbsent(
                added.toString(),
                key ->
                    new URLClassLoader(added.toArray(new URL[0]), JMeter.class.getClassLoader())));
  }

  /** Relative paths in a plan start at its folder; there is one such folder in a JVM. */
  private static void setBase(File file) throws IOException {
    FileServer server = FileServer.getFileServer();
    File folder = file.getAbsoluteFile().getParentFile();
    if (!server.getBaseDir().equals(folder.getPath())) {
      try {
        server.setBase(folder);
      } catch (IllegalStateException e) {
        throw new IOException(
            file + " cannot run beside a plan of another folder that has files open", e);
      }
    }
    server.setScriptName(file.getName());
  }

  /**
   * Copies a level of the tree with all below it.
   *
   * @param outer the defaults that hold around this level, the nearest first
   * @param beside whether it is in a setUp or tearDown group
   */
  private void copy(HashTree from, HashTree to, List<ConfigTestElement> outer, boolean beside)
      throws IOException {
    List<ConfigTestElement> defaults = Stream.concat(defaults(from), outer.stream()).toList();
    for (Object node : from.list()) {
      if (!dropped(node)) {
        boolean meeting = !traffic.planned() && isMeeting(node);
        boolean sleeps = ScriptSleep.in((TestElement) node);
        if (sleeps && !traffic.thinkTimes()) {
          ScriptSleep.remove((TestElement) node);
        }
        if (!beside && (meeting || sleeps || node instanceof Timer || isPause(node))) {
          timer.pauses(meeting);
        }
        if (node instanceof TestAction pause && !traffic.thinkTimes()) {
          pause.setDuration("0");
        }
        if (!traffic.planned()) {
          makeEndless(node);
        }
        if (node instanceof CSVDataSet data) {
          readAlone(data);
        }
        HashTree below = to.add(node);
        if (node instanceof HTTPSamplerBase request) {
          requests = true;
          Stream.concat(defaults(from.getTree(node)), defaults.stream())
              .forEach(element -> request.addTestElement((TestElement) element.clone()));
        }
        boolean users = node instanceof ThreadGroup && !besidesTheLoad(node);
        if (users && !traffic.planned() && !has(from.getTree(node), HTTPSamplerBase.class)) {
          users = false; // nobody waits for what it does
          others.add((ThreadGroup) node);
          if (has(from.getTree(node), Sampler.class)) {
            timer.pauses(false);
          }
        }
        if (users) {
          groups.add((ThreadGroup) node);
          below.add(timer); // the first to hear of a sample: it may keep a user waiting
        }
        copy(from.getTree(node), below, defaults, beside || besidesTheLoad(node));
        if (users && !((ThreadGroup) node).getScheduler()) {
          endless |= found(below, LoopController.class).stream().anyMatch(UserGroups::isEndless);
        }
        if (node instanceof HTTPSamplerBase) {
          below.add(timer.outcomes());
        } else if (node instanceof Sampler && !beside) {
          below.add(new ResultListener(this::hear));
        } else if (users && has(below, TransactionController.class)) {
          below.add(timer.transactions());
        }
      }
    }
  }

  /** A sample that is no request fails no slice, but what follows may not be what it seems. */
  private void hear(SampleResult other) {
    if (!other.isSuccessful()) {
      timer.planFailed(other.getSampleLabel() + ": " + other.getResponseMessage());
    }
  }

  /** Takes away what would end users, or keep them from starting, before they are told to. */
  private static void makeEndless(Object node) {
    if (node instanceof TestPlan plan) {
      plan.setSerialized(false);
    } else if (node instanceof ConfigTestElement data && data.getPropertyAsBoolean("stopThread")) {
      data.setProperty("recycle", true);
      data.setProperty("stopThread", false);
    }
  }

  /** In a JVM a file has one reader for all plans, and the arms that take turns have one each. */
  private void readAlone(CSVDataSet data) {
    String mode = data.getPropertyAsString("shareMode");
    if (!mode.matches("shareMode\\.(group|thread)")) {
      data.setProperty("shareMode", mode + "@" + System.identityHashCode(timer));
    }
  }

  private static boolean besidesTheLoad(Object group) {
    return group instanceof SetupThreadGroup || group instanceof PostThreadGroup;
  }

  private static boolean has(HashTree tree, Class<?> type) {
    return !found(tree, type).isEmpty();
  }

  static <T> Collection<T> found(HashTree tree, Class<T> type) {
    SearchByClass<T> search = new SearchByClass<>(type);
    tree.traverse(search);
    return search.getSearchResults();
  }

  private static boolean isMeeting(Object node) {
    return node instanceof SyncTimer || node instanceof CriticalSectionController;
  }

  private static boolean isPause(Object node) {
    return node instanceof TestAction action && action.getAction() == TestAction.PAUSE;
  }

  private Stream<ConfigTestElement> defaults(HashTree level) {
    return level.list().stream().filter(this::isMerged).map(ConfigTestElement.class::cast);
  }

  /**
   * HTTP Request Defaults: JMeter merges them into a request at every sample; here it is done once,
   * where that comes to the same.
   */
  private boolean isMerged(Object node) {
    return mergesDefaults
        && node instanceof ConfigTestElement config
        && hasGui(config, "HttpDefaults");
  }

  private static boolean hasGui(ConfigTestElement config, String kind) {
    return config.getPropertyAsString(TestElement.GUI_CLASS).endsWith(kind + "Gui");
  }

  /** Whether it counts, or may set what defaults further away set, too. */
  private static boolean preventsMerging(ConfigTestElement config) {
    boolean prevents = hasGui(config, "SimpleConfig");
    PropertyIterator all = config.propertyIterator();
    while (hasGui(config, "HttpDefaults") && !prevents && all.hasNext()) {
      prevents = COUNTING.matcher(all.next().getStringValue()).find();
    }
    return prevents;
  }

  /** What collects or writes results costs time; think times belong to users, not to a schedule. */
  private boolean dropped(Object node) {
    return node instanceof ResultCollector
        || node instanceof Summariser
        || node instanceof ResultSaver
        || node instanceof BackendListener
        || isMerged(node)
        || (node instanceof Timer && !traffic.thinkTimes());
  }
}
