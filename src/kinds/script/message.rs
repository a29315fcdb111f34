//! The texts of the kind, in each language.

crate::messages! {
    /// What a script's job is called, what it is doing, and why it failed.
    pub enum ScriptMessage {
        "name.script" Name { script: String }
            en "Run {script}"
            fr "Exécuter {script}",
        "step.running_script" Running { script: String }
            en "Running {script}"
            fr "Exécution de {script}",
        /// The step that the script itself reports.
        "step.said" Step { said: String }
            en "{said}"
            fr "{said}",
        "failure.script_cpu" CpuLimit { limit: String }
            en "The script used more than {limit} of processor time, and was stopped."
            fr "Le script a utilisé plus de {limit} de temps de processeur et a été arrêté.",
        "failure.script_exit" Exited { status: i32 }
            en "The script ended with exit status {status}."
            fr "Le script s’est terminé avec le code de sortie {status}.",
        "failure.script_exit_said" ExitedWithOutput { status: i32, said: String }
            en "The script ended with exit status {status}: {said}"
            fr "Le script s’est terminé avec le code de sortie {status} : {said}",
        "failure.script_gone" Gone { script: String }
            en "The script {script} no longer exists, or can no longer be run."
            fr "Le script {script} n’existe plus ou ne peut plus être exécuté.",
        "failure.script_interpreter" NoInterpreter { script: String, interpreter: String }
            en "The script {script} needs {interpreter}, which is not on the server."
            fr "Le script {script} a besoin de {interpreter}, absent du serveur.",
        "failure.script_lost" SupervisorLost
            en "The script’s supervisor was killed, and the script with it."
            fr "Le processus qui surveille le script a été tué, et le script avec lui.",
        "failure.script_output" TooMuchOutput { limit: String }
            en "The script printed more than {limit}, and was stopped."
            fr "Le script a écrit plus de {limit} et a été arrêté.",
        "failure.script_signal" Signaled { signal: String }
            en "The script was killed by {signal}."
            fr "Le script a été tué par {signal}.",
        "failure.script_signal_said" SignaledWithOutput { signal: String, said: String }
            en "The script was killed by {signal}: {said}"
            fr "Le script a été tué par {signal} : {said}",
        "failure.script_start" NotStarted { script: String, problem: String }
            en "The script {script} could not be started: {problem}"
            fr "Le script {script} n’a pas pu être lancé : {problem}",
        "failure.script_time" TimeLimit { limit: String }
            en "The script ran for more than {limit}, and was stopped."
            fr "Le script a tourné plus de {limit} et a été arrêté.",
    }
}

crate::messages! {
    /// Why no script can run.
    pub enum ScriptOff {
        "off.script_no_folder" NoFolder
            en "no scripts folder is configured; the operator sets it in JOBTRAY_SCRIPTS_DIR"
            fr "aucun dossier de scripts n’est configuré ; l’opérateur l’indique dans JOBTRAY_SCRIPTS_DIR",
        "off.script_other_system" OtherSystem
            en "scripts run on Linux only"
            fr "les scripts ne tournent que sous Linux",
    }
}

crate::messages! {
    /// Why a script may not run. `known` lists the scripts that may.
    pub enum ScriptRule {
        "rule.script_name" Name { known: String }
            en "must be a name in the scripts folder, without . and .. and nothing hidden; available scripts: {known}"
            fr "doit être un nom du dossier des scripts, sans . ni .. ni fichier caché ; scripts disponibles : {known}",
        "rule.script_missing" Missing { known: String }
            en "is not in the scripts folder; available scripts: {known}"
            fr "n’est pas dans le dossier des scripts ; scripts disponibles : {known}",
        "rule.script_outside" Outside { known: String }
            en "leads outside the scripts folder; available scripts: {known}"
            fr "mène hors du dossier des scripts ; scripts disponibles : {known}",
        "rule.script_not_a_file" NotAFile { known: String }
            en "is not a file; available scripts: {known}"
            fr "n’est pas un fichier ; scripts disponibles : {known}",
        "rule.script_not_executable" NotExecutable { known: String }
            en "is not executable: the operator can make it so with chmod +x; available scripts: {known}"
            fr "n’est pas exécutable : l’opérateur peut y remédier avec chmod +x ; scripts disponibles : {known}",
        "rule.script_no_interpreter" NoInterpreter { known: String }
            en "has no first line such as #!/bin/sh that names its interpreter; available scripts: {known}"
            fr "n’a pas de première ligne comme #!/bin/sh qui nomme son interpréteur ; scripts disponibles : {known}",
        "rule.script_unreadable" Unreadable { known: String }
            en "cannot be read; available scripts: {known}"
            fr "ne peut pas être lu ; scripts disponibles : {known}",
    }
}
