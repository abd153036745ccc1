package org.jiexu.sandbox;

/** How the services run. Each form keeps databases of its own, so a data directory stays with the form that made it. */
public enum Form {
    /** All services in this JVM. */
    ONE_JVM("one JVM", "standalone"),
    /** Every service a process of its own; 济宁 and 长沙 have their own processes. */
    PROCESSES("separate processes", "processes");

    private final String words;
    private final String directory;

    Form(String words, String directory) {
        this.words = words;
        this.directory = directory;
    }

    public String words() {
        return words;
    }

    /** Where its data are when nobody says otherwise, below {@code .data}. */
    public String directory() {
        return directory;
    }
}
