import Commands

// Everything is in Commands; this file only hands it the arguments.
CommandLineProgram.main()
