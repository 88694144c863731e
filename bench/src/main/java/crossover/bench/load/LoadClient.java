package crossover.bench.load;

import java.rmi.Remote;
import java.rmi.RemoteException;
import org.apache.jmeter.samplers.SampleResult;

/**
 * The runner's side, as a {@code jmeter-server} with the plug-in calls it, over JMeter's RMI. (A
 * stock listener would open a port here for every engine and every slice.)
 */
public interface LoadClient extends Remote {
  /**
   * All users of an engine are connected. Returns when those of all engines are: the slice begins.
   *
   * @param leadIn seconds of load that its window needs before it
   * @return the longest lead-in of all engines, which holds for each
   */
  double connected(String engine, double leadIn) throws RemoteException;

  /** The one sample of a slice, after its end. */
  void ended(String engine, SampleResult sample) throws RemoteException;
}
