import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Runs a Neo4j server: arguments are its data folder, its neo4j.conf and the file that holds neo4j's password. */
public final class Graph {
  public static void main(String[] arguments) throws Exception {
    var password = Files.readString(Path.of(arguments[2])).strip();
    var server = new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
        .loadPropertiesFromFile(Path.of(arguments[1]))
        .build();
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    // The first password must otherwise be changed by whoever logs in first. With later starts this changes nothing.
    server.database("system").executeTransactionally(
        "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
    Thread.currentThread().join();
  }
}
