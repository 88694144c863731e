package crossover.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserGroupsTest {
  @Test
  void usersAreDividedInThePlansProportions() {
    assertThat(UserGroups.shares(8, new int[] {5})).containsExactly(8);
    assertThat(UserGroups.shares(30, new int[] {10, 5})).containsExactly(20, 10);
    assertThat(UserGroups.shares(10, new int[] {1, 1, 1})).containsExactly(4, 3, 3);
    assertThat(UserGroups.shares(10, new int[] {98, 1, 1})).containsExactly(8, 1, 1);
    assertThat(UserGroups.shares(4, new int[] {3, 0})).containsExactly(4, 0);
    assertThat(UserGroups.shares(4, new int[] {0, 0})).containsExactly(2, 2);
    assertThat(UserGroups.shares(1, new int[] {3, 7})).containsExactly(0, 1);
  }
}
