package crossover.webapp;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The statistics of one deployment, for whoever measures it from outside. */
final class BackendsStatistics implements BackendsMXBean {
  private final Backends backends;
  private final ObjectName name;

  private BackendsStatistics(Backends backends, ObjectName name) {
    this.backends = backends;
    this.name = name;
  }

  static BackendsStatistics register(String contextPath, Backends backends) {
    try {
      String context = contextPath.isEmpty() ? "/" : contextPath;
      BackendsStatistics statistics =
          new BackendsStatistics(
              backends, new ObjectName("crossover:type=Backends,context=" + context));
      ManagementFactory.getPlatformMBeanServer().registerMBean(statistics, statistics.name);
      return statistics;
    } catch (JMException e) {
      throw new IllegalStateException("The MBean of " + contextPath + " cannot be registered", e);
    }
  }

  void unregister() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long getDatabaseAcquisitions() {
    return backends.database().waits().acquisitions();
  }

  @Override
  public long getDatabaseWaitNanos() {
    return backends.database().waits().nanos();
  }

  @Override
  public long getDatabaseWaiters() {
    return backends.database().waiting();
  }

  @Override
  public long getDatabaseActive() {
    return backends.database().active();
  }

  @Override
  public int getWorkers() {
    return backends.workers().getMaximumPoolSize();
  }

  @Override
  public int getWorkersActive() {
    return backends.workers().getActiveCount();
  }

  @Override
  public int getWorkersQueued() {
    return backends.workers().getQueue().size();
  }

  @Override
  public int getWorkersQueuedPeak() {
    return backends.workers().queuedPeak();
  }
}
