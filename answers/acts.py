"""The page's part «acts»."""

from fastapi import APIRouter

router = APIRouter()
