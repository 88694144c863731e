package crossover.bench.load;

import java.util.Map;
import java.util.Set;
import org.apache.jmeter.config.Argument;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.testelement.property.JMeterProperty;
import org.apache.jmeter.testelement.property.TestElementProperty;
import org.apache.jorphan.collections.HashTree;

/**
 * A plan's user-defined variables, which take the value of a property of the same name: a plan
 * often has its server's host and port there.
 *
 * @param properties those of a slice
 */
record PlanVariables(Map<String, String> properties) {
  /** The runner's own, which need not mean in another's plan what they mean in Crossover's. */
  private static final Set<String> OWN = Set.of("path", "checks", "responseTimeout");

  void replaceIn(HashTree plan) {
    for (TestElement element : TimedPlan.found(plan, TestElement.class)) {
      if (element instanceof Arguments variables) {
        replace(variables);
      } else if (element instanceof TestPlan
          && element.getProperty("TestPlan.user_defined_variables")
              instanceof TestElementProperty property) {
        replace((Arguments) property.getElement());
      }
    }
  }

  private void replace(Arguments variables) {
    for (JMeterProperty property : variables) {
      Argument variable = (Argument) property.getObjectValue();
      String value = properties.get(variable.getName());
      if (value != null && !OWN.contains(variable.getName())) {
        variable.setValue(value);
      }
    }
  }
}
