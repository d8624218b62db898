//! The program: everything it does stands in the library, where tests can reach it.

fn main() -> std::process::ExitCode {
    heliograph::cli::main()
}
