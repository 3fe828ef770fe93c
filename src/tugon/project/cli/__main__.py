from tugon.project.cli import main

main()
