package crossover.bench.server;

import crossover.bench.probe.BackendSample;
import crossover.bench.probe.CpuClock;
import crossover.bench.probe.Sample;

/** Runs nothing: a test says what is asked of it. */
public class EmptyServer implements Server {
  @Override
  public void awaitReady() {}

  @Override
  public String host() {
    return "localhost";
  }

  @Override
  public int port() {
    return 0;
  }

  @Override
  public boolean isAlive() {
    return true;
  }

  @Override
  public String lastLines() {
    return "";
  }

  @Override
  public double cpuSeconds() {
    return 0;
  }

  @Override
  public double requests() {
    return Double.NaN;
  }

  @Override
  public Sample sample() {
    throw new UnsupportedOperationException();
  }

  @Override
  public BackendSample backends() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CpuClock cpuClock() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
