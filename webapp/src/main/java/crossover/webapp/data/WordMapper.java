package crossover.webapp.data;

import org.apache.ibatis.annotations.Param;

/** The statements stand in {@code WordMapper.xml}, at this interface's path among the resources. */
interface WordMapper {
  Word find(long id);

  long insert(@Param("text") String text, @Param("definition") String definition);

  /** The highest id, or 0 when there is no word. */
  long last();
}
