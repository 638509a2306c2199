package example;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;

/** FOLDER TRIGGER CLASS-NOUN */
@QuarkusMain
public class Main implements QuarkusApplication {

    private final RequestTraining requestTraining;

    Main(RequestTraining requestTraining) {
        this.requestTraining = requestTraining;
    }

    @Override
    public int run(String... arguments) throws Exception {
        System.out.println(requestTraining.of(Path.of(arguments[0]), arguments[1], arguments[2]));
        return 0;
    }
}
